package io.agentstation.liveness.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.liveness.detection.Story;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the meters say after a story whose figures are known. */
class DetectorFiguresTest {

    private static final long T = 1_800_000_000_000L;
    private static final Pattern NAME_IN_TABLE =
            Pattern.compile("^\\| `(station\\.liveness\\.[a-z.]+)`", Pattern.MULTILINE);

    private final TopologyHarness harness = new TopologyHarness(1);

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void everyFigureOfAStoryIsRight() {
        // Two agents, one of which falls silent; a stall of 3 s; a record nobody can read; a forged tick.
        harness.ticks(T - 60_000, T);
        harness.active(Story.of(1), HeartbeatMode.EMERGENCY, T);
        harness.active(Story.of(2), HeartbeatMode.IDLE, T);
        harness.beat(Story.of(2), HeartbeatMode.IDLE, T + 1);
        harness.ticks(T + 250, T + 1_000);
        harness.ticks(T + 4_000, T + 7_000);
        harness.send(Topic.HEARTBEATS, TopologyHarness.key("nobody"), new byte[0], T);
        harness.tick(TopologyHarness.key("{}"), null, T + 7_001);

        assertThat(counter("station.liveness.heartbeats", "mode", "EMERGENCY")).isEqualTo(1);
        assertThat(counter("station.liveness.heartbeats", "mode", "IDLE")).isEqualTo(2);
        assertThat(counter("station.liveness.heartbeats", "mode", "SLEEP")).isZero();
        assertThat(counter("station.liveness.poison", "topic", "agent.heartbeats"))
                .isEqualTo(1);
        assertThat(harness.counted("station.liveness.ticks.ignored")).isEqualTo(1);
        assertThat(harness.counted("station.liveness.unhealthy.events")).isEqualTo(1);
        assertThat(gauge("station.liveness.unhealthy")).isEqualTo(1);
        assertThat(gauge("station.liveness.watched")).isEqualTo(2);
        assertThat(gauge("station.liveness.agents")).isEqualTo(2);
        assertThat(gauge("station.liveness.due.index.size")).isEqualTo(1);
        assertThat(gauge("station.liveness.gateways")).isEqualTo(1);
        assertThat(gauge("station.liveness.stalled")).isZero();
        assertThat(gauge("station.liveness.tick.age")).isZero();
        assertThat(harness.meters
                        .get("station.liveness.stalled.time")
                        .functionCounter()
                        .count())
                .isEqualTo(3);
        assertThat(harness.meters
                        .get("station.liveness.log.time")
                        .functionCounter()
                        .count())
                .isEqualTo(67);
        Timer delay = harness.meters.get("station.liveness.decision.delay").timer();
        assertThat(delay.count()).isEqualTo(1);
        assertThat(delay.max(TimeUnit.MILLISECONDS)).isEqualTo(250);
        assertThat(harness.meters.get("station.liveness.tick.lag").timer().count())
                .isEqualTo(258);
    }

    @Test
    void thePartitionsFiguresLeaveWithIt() {
        harness.ticks(T, T);
        assertThat(harness.meters.find("station.liveness.tick.age").gauge()).isNotNull();

        harness.close();

        assertThat(harness.meters.find("station.liveness.tick.age").gauge()).isNull();
    }

    @Test
    void theTableInTheDocumentationNamesEveryMeter() throws IOException {
        harness.ticks(T, T);
        harness.send(Topic.HEARTBEATS, TopologyHarness.key("nobody"), new byte[0], T);
        String page = Files.readString(Path.of("..", "docs", "liveness-metrics.md"));

        List<String> inTable = NAME_IN_TABLE
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(inTable)
                .containsExactlyInAnyOrderElementsOf(harness.meters.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .distinct()
                        .toList());
    }

    private double counter(String name, String tag, String value) {
        return harness.meters.get(name).tag(tag, value).counter().count();
    }

    private double gauge(String name) {
        return Objects.requireNonNull(
                        harness.meters.get(name).tag("partition", "0").gauge())
                .value();
    }
}
