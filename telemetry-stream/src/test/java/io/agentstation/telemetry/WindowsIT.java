package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import io.agentstation.contracts.metrics.Series;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.store.rollups.Availability;
import io.agentstation.store.rollups.MetricsRollups;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.telemetry.fixtures.Keyspaces;
import io.agentstation.telemetry.fixtures.Messages;
import io.agentstation.telemetry.fixtures.RunningTelemetry;
import io.agentstation.telemetry.fixtures.TestBroker;
import io.agentstation.telemetry.fixtures.Ticking;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports in, rows of windows out, over a real broker and a real Cassandra. */
class WindowsIT {

    private static final TestBroker BROKER = TestBroker.start();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final AgentId agent = Messages.agent();
    private final StoreSettings store = Keyspaces.fresh(SharedCassandra.get());

    @TempDir
    private Path directory;

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk", "memory"})
    void everyReportIsCountedOnceAcrossRestarts(String stores) {
        String group = "windows-" + stores;
        report(1, 40);
        try (RunningTelemetry telemetry = start(group, stores)) {
            await().atMost(TIMEOUT).until(() -> counted(telemetry) == 40);
            report(41, 60);
        }
        report(61, 80);

        try (RunningTelemetry telemetry = start(group, stores)) {
            await().atMost(TIMEOUT).until(() -> counted(telemetry) == 80);
            report(81, 100);
            await().atMost(TIMEOUT).until(() -> counted(telemetry) == 100);
            Series all = cpu(telemetry, Resolution.HOUR);
            assertThat(cpu(telemetry, Resolution.MINUTE)).isEqualTo(all);
            assertThat(all).isEqualTo(new Series(1, 100, 5_050, 100, 100));
        }
    }

    @Test
    void poisonIsPutAsideOnceAndItsAgentIsRolledUp() {
        BROKER.sendRaw(
                Topic.METRICS,
                BROKER.send(Topic.METRICS, agent, new MetricsReport(1, 1, 1, null))
                        .partition(),
                agent.toString().getBytes(StandardCharsets.UTF_8),
                "{".getBytes(StandardCharsets.UTF_8));
        report(2, 2);
        try (RunningTelemetry telemetry = start("windows-poison", "memory")) {
            await().atMost(TIMEOUT).until(() -> counted(telemetry) == 2);
            await().atMost(TIMEOUT).until(() -> BROKER.hasReadAll(telemetry.group() + "-metrics", Topic.METRICS));
        }

        assertThat(BROKER.everythingOn(Topic.METRICS.deadLetterName()).stream()
                        .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(agent.toString())))
                .hasSize(1);
    }

    @Test
    void heartbeatsBetweenTicksBecomeHoursOfAvailability() {
        try (RunningTelemetry telemetry = start("windows-availability", "disk");
                Ticking ticking = new Ticking(BROKER, RunningTelemetry.STATION_KEY)) {
            ticking.awaitTicks(4);
            Instant first = Instant.now();
            beat();
            BROKER.send(Topic.LIFECYCLE, agent, Messages.event(agent, 3, EventType.ACTIVATED, AgentState.ACTIVE));
            await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(500)).until(() -> {
                beat();
                return expected(telemetry, first) >= 2;
            });

            assertThat(hours(telemetry, first))
                    .allSatisfy(hour -> assertThat(hour.heard()).isEqualTo(hour.expected()));
        }
    }

    private RunningTelemetry start(String group, String stores) {
        return RunningTelemetry.start(
                BROKER,
                store,
                group,
                Map.of(
                        "station.telemetry.streams.enabled", "true",
                        "station.telemetry.streams.stores", stores,
                        "station.telemetry.rollups.publish-interval", "1s",
                        "station.telemetry.rollups.availability-interval", "1s",
                        "station.telemetry.streams.state-dir", directory.toString(),
                        "station.liveness.intervals.EMERGENCY", "2s"));
    }

    private void report(long from, long to) {
        BROKER.send(
                Topic.METRICS,
                agent,
                LongStream.rangeClosed(from, to)
                        .mapToObj(i -> new MetricsReport(i, 1, i, null))
                        .toList());
    }

    private void beat() {
        BROKER.send(Topic.HEARTBEATS, agent, new Heartbeat(HeartbeatMode.EMERGENCY, 1));
    }

    private long counted(RunningTelemetry telemetry) {
        return windows(telemetry, Resolution.MINUTE).stream()
                .mapToLong(window -> cpu(window).count())
                .sum();
    }

    private Series cpu(RunningTelemetry telemetry, Resolution resolution) {
        return windows(telemetry, resolution).stream()
                .map(WindowsIT::cpu)
                .reduce(Series::then)
                .orElseThrow();
    }

    private static Series cpu(MetricsRollup window) {
        return Objects.requireNonNull(window.series().get("cpu_percent"));
    }

    private List<MetricsRollup> windows(RunningTelemetry telemetry, Resolution resolution) {
        return telemetry
                .context()
                .getBean(MetricsRollups.class)
                .read(agent, resolution, Instant.MIN, Instant.MAX)
                .toCompletableFuture()
                .join();
    }

    private long expected(RunningTelemetry telemetry, Instant from) {
        return hours(telemetry, from).stream()
                .mapToLong(AvailabilityHour::expected)
                .sum();
    }

    private List<AvailabilityHour> hours(RunningTelemetry telemetry, Instant from) {
        return telemetry
                .context()
                .getBean(Availability.class)
                .read(agent, from.minus(Duration.ofHours(1)), Instant.MAX)
                .toCompletableFuture()
                .join();
    }
}
