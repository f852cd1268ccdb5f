package io.agentstation.store.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportsIT {

    private static final Instant NOW = Instant.parse("2026-11-22T00:30:00Z");

    private final Heartbeats heartbeats = new Heartbeats(TestStore.get(), InstantSource.fixed(NOW));
    private final Metrics metrics = new Metrics(TestStore.get(), InstantSource.fixed(NOW));
    private final AgentId agent = TestIds.agent();

    @Test
    void theLatestHeartbeatsAreFoundAcrossDays() {
        List<StoredHeartbeat> newestFirst = IntStream.range(0, 15)
                .mapToObj(i -> heartbeat(NOW.minus(Duration.ofHours(5).multipliedBy(i)), 100 - i))
                .toList();
        writeHeartbeats(shuffled(newestFirst));

        assertThat(latestHeartbeats(10)).isEqualTo(newestFirst.subList(0, 10));
        assertThat(latestHeartbeats(1)).isEqualTo(newestFirst.subList(0, 1));
        assertThat(latestHeartbeats(100)).isEqualTo(newestFirst);
    }

    @Test
    void aReplayWritesTheSameRows() {
        List<StoredHeartbeat> written = List.of(heartbeat(NOW, 2), heartbeat(NOW.minusSeconds(1), 1));
        writeHeartbeats(written);

        writeHeartbeats(written);

        assertThat(latestHeartbeats(10)).isEqualTo(written);
    }

    @Test
    void twoReportsOfOneMillisecondAreTwoRows() {
        List<StoredHeartbeat> written = List.of(heartbeat(NOW, 8), heartbeat(NOW, 7));
        writeHeartbeats(written);

        assertThat(latestHeartbeats(10)).isEqualTo(written);
    }

    @Test
    void aBrokerWhoseClockIsAheadAcrossMidnightHidesNothing() {
        Instant beforeMidnight = Instant.parse("2026-11-22T23:59:59.900Z");
        StoredHeartbeat ahead = heartbeat(Instant.parse("2026-11-23T00:00:00.100Z"), 1);
        writeHeartbeats(List.of(ahead));

        assertThat(done(heartbeats.latest(agent, beforeMidnight, 10))).containsExactly(ahead);
    }

    @Test
    void theLatestMetricsAreFoundAcrossDaysAsTheyWereSent() {
        List<StoredMetrics> newestFirst = List.of(
                new StoredMetrics(
                        agent,
                        NOW,
                        9,
                        new MetricsReport(250.123456789, 1e-9, Long.MAX_VALUE, Map.of("queue", Map.of("depth", 3)))),
                new StoredMetrics(agent, NOW.minus(Duration.ofDays(1)), 8, new MetricsReport(0, 0, 0, null)),
                new StoredMetrics(agent, NOW.minus(Duration.ofDays(29)), 7, new MetricsReport(1, 2, 3, Map.of())));
        newestFirst.forEach(report -> done(metrics.write(report)));
        newestFirst.forEach(report -> done(metrics.write(report)));

        assertThat(done(metrics.latest(agent, NOW, 10))).isEqualTo(newestFirst);
        assertThat(done(metrics.latest(agent, NOW, 2))).isEqualTo(newestFirst.subList(0, 2));
    }

    @Test
    void anAgentThatNeverReportedHasNoRows() {
        assertThat(latestHeartbeats(10)).isEmpty();
        assertThat(done(metrics.latest(agent, NOW, 10))).isEmpty();
    }

    private StoredHeartbeat heartbeat(Instant time, long offset) {
        return new StoredHeartbeat(agent, time, offset, new Heartbeat(HeartbeatMode.IDLE, offset + 0.5));
    }

    private void writeHeartbeats(List<StoredHeartbeat> rows) {
        rows.forEach(row -> done(heartbeats.write(row)));
    }

    private List<StoredHeartbeat> latestHeartbeats(int most) {
        return done(heartbeats.latest(agent, NOW, most));
    }

    private static <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, new java.util.Random(7));
        return copy;
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
