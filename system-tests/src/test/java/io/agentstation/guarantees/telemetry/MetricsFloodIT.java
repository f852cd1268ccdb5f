package io.agentstation.guarantees.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.guarantees.StationClient;
import io.agentstation.guarantees.processes.AgentCreation;
import io.agentstation.guarantees.processes.ServiceProcess;
import io.agentstation.standalone.keys.ConsoleKeys;
import io.agentstation.store.keys.Grant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * I7: a flood of metrics, twenty times the normal, with large bodies, does not delay heartbeats. The times are printed in
 * every run; only the full lengths, with JVMs as servers have them, are long enough to assert their ratio: a serial collector's
 * pauses and code that C1 has compiled say nothing of the channels.
 */
class MetricsFloodIT {

    private static final int AGENTS = 300;
    /** One each 5 s from each agent. */
    private static final int HEARTBEATS = 60;
    /** One a minute from each agent. */
    private static final int NORMAL = 5;

    private static final int FLOOD = 20 * NORMAL;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration LONG_WARM_UP = Duration.ofSeconds(45);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double MOST = 1.2;
    private static final String HEARTBEAT = "{\"mode\":\"EMERGENCY\",\"uptime_seconds\":1}";
    private static final String METRICS =
            "{\"cpu_percent\":1,\"memory_mb\":1,\"requests_handled\":1,\"custom_metrics\":{\"text\":\"%s\"}}"
                    .formatted("x".repeat(4_000));

    // What the processes printed is kept when a test fails.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Faults faults = Faults.ofThisRun();
    private final List<Double> calm = new ArrayList<>();
    private final List<Double> flooded = new ArrayList<>();

    @Test
    void heartbeatsAreAcknowledgedAsFastAsInCalm() throws Exception {
        try (TelemetryRig rig =
                faults.bounds() ? TelemetryRig.startAsServers(directory) : TelemetryRig.start(directory)) {
            ServiceProcess writer = rig.startWriter();
            String gateway = rig.startGateway();
            List<AgentId> agents = agents(rig, gateway);
            StationKey key = rig.key();
            try (TimedPosts heartbeats = new TimedPosts(gateway, key, agents, "heartbeat", HEARTBEAT);
                    TimedPosts metrics = new TimedPosts(gateway, key, agents, "metrics", METRICS)) {
                phase(heartbeats, metrics, FLOOD, faults.bounds() ? LONG_WARM_UP : WARM_UP);
                heartbeats.takeMillis();
                for (int i = 0; i < faults.phases(); i++) {
                    phase(heartbeats, metrics, NORMAL, faults.phase());
                    calm.addAll(heartbeats.takeMillis());
                    phase(heartbeats, metrics, FLOOD, faults.phase());
                    flooded.addAll(heartbeats.takeMillis());
                }
                report();

                assertThat(heartbeats.refused())
                        .as("heartbeats not acknowledged")
                        .isZero();
                assertThat(metrics.refused()).as("metrics not acknowledged").isZero();
                Poison.TOPICS.forEach(topic -> rig.awaitRead(writer, "telemetry", topic, PATIENCE));
                try (StoredReports stored = new StoredReports(rig.store())) {
                    assertThat(stored.count(Topic.HEARTBEATS, agents)).isEqualTo(heartbeats.accepted());
                    assertThat(stored.count(Topic.METRICS, agents)).isEqualTo(metrics.accepted());
                }
                if (faults.bounds()) {
                    assertThat(percentile(flooded, 0.99) / percentile(calm, 0.99))
                            .isLessThanOrEqualTo(MOST);
                }
            }
        }
    }

    private static List<AgentId> agents(TelemetryRig rig, String gateway) {
        String apiKey = ConsoleKeys.make(
                rig.key(), rig.store().contactPoints().get(0), Grant.ofTheStation(WorkspaceId.of("fleet")));
        return new AgentCreation(new StationClient(gateway, apiKey)).make(AGENTS);
    }

    private static void phase(TimedPosts heartbeats, TimedPosts metrics, int metricsPerSecond, Duration time) {
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> metrics.run(metricsPerSecond, time));
        heartbeats.run(HEARTBEATS, time);
        others.join();
    }

    private void report() {
        System.out.printf(
                "telemetry flood: heartbeats acknowledged within %.1f / %.1f ms (p50 / p99 of %d) in calm,"
                        + " %.1f / %.1f ms (of %d) with %d metrics a second%n",
                percentile(calm, 0.5),
                percentile(calm, 0.99),
                calm.size(),
                percentile(flooded, 0.5),
                percentile(flooded, 0.99),
                flooded.size(),
                FLOOD);
    }

    private static double percentile(List<Double> millis, double share) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
