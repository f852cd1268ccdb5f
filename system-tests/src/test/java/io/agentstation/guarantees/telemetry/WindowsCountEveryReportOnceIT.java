package io.agentstation.guarantees.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.guarantees.processes.Suspension;
import io.agentstation.store.rollups.MetricsRollups;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Every report that Kafka has acknowledged is counted once in its windows, however often telemetry is killed meanwhile. */
class WindowsCountEveryReportOnceIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int AGENTS = 50;
    private static final int BURST = 2_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TelemetryRig rig;

    private final Faults faults = Faults.ofThisRun();
    private final Ledger ledger = new Ledger();
    private final Random random = new Random(Long.getLong("faults.seed", System.nanoTime()));

    @BeforeEach
    void startRig() throws Exception {
        rig = TelemetryRig.start(directory);
    }

    @AfterEach
    void stopRig() {
        rig.close();
    }

    @Test
    void whenTelemetryIsKilled() {
        try (Reporters reporters = new Reporters(rig.bootstrapServers(), AGENTS, ledger);
                Store store = StoreSession.open(rig.store())) {
            var writer = rig.startWriter();
            for (int kills = 0; kills < faults.kills(); kills++) {
                try (var load = reporters.load(BURST / 10)) {
                    // Longer than a commit interval at times, so that some of the state is committed and some is not.
                    Suspension.hold(Duration.ofMillis(5_000 + random.nextInt(10_000)));
                    writer.kill();
                }
                writer = rig.startWriter();
            }
            reporters.burst(BURST);

            Map<AgentId, Long> reported = new HashMap<>();
            ledger.agents(Topic.METRICS)
                    .forEach(agent -> reported.put(
                            agent, (long) ledger.offsets(Topic.METRICS, agent).size()));
            MetricsRollups rollups = new MetricsRollups(store, Clock.systemUTC());
            for (Resolution resolution : Resolution.values()) {
                Awaitility.await(resolution + " windows count every report")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> assertThat(counted(rollups, resolution, reported))
                                .isEqualTo(reported));
            }
        }
    }

    private static Map<AgentId, Long> counted(
            MetricsRollups rollups, Resolution resolution, Map<AgentId, Long> reported) {
        Map<AgentId, Long> counted = new HashMap<>();
        reported.keySet()
                .forEach(agent -> counted.put(
                        agent,
                        rollups
                                .read(
                                        agent,
                                        resolution,
                                        Instant.EPOCH,
                                        Instant.now().plusSeconds(3_600))
                                .toCompletableFuture()
                                .join()
                                .stream()
                                .mapToLong(window -> Objects.requireNonNull(
                                                window.series().get("memory_mb"))
                                        .count())
                                .sum()));
        return counted;
    }
}
