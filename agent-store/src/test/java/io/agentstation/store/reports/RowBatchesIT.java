package io.agentstation.store.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows go out together. */
class RowBatchesIT {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");

    private final Heartbeats heartbeats = new Heartbeats(TestStore.get(), InstantSource.fixed(MIDNIGHT));
    private final Metrics metrics = new Metrics(TestStore.get(), InstantSource.fixed(MIDNIGHT));
    private final AgentId agent = TestIds.agent();
    private final AgentId another = TestIds.agent();

    @Test
    void rowsOfOneAgentAndDayGoTogetherWhateverTheirOrder() {
        List<StoredHeartbeat> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(heartbeat(agent, i - 4));
            rows.add(heartbeat(another, i));
        }

        List<RowsWrite> writes = heartbeats.writes(rows);

        assertThat(writes.stream().map(RowsWrite::rows)).containsExactlyInAnyOrder(4, 6, 10);
        writes.forEach(RowBatchesIT::done);
        assertThat(latest(agent)).hasSize(10).isSortedAccordingTo(newestFirst());
        assertThat(latest(another)).hasSize(10).isSortedAccordingTo(newestFirst());
    }

    @Test
    void aBatchHasNoMoreRowsThanItGainsFrom() {
        List<StoredHeartbeat> rows = IntStream.range(0, 3 * RowBatches.MOST_ROWS + 1)
                .mapToObj(i -> heartbeat(agent, i))
                .toList();

        List<RowsWrite> writes = heartbeats.writes(rows);

        assertThat(writes.stream().map(RowsWrite::rows))
                .containsExactly(RowBatches.MOST_ROWS, RowBatches.MOST_ROWS, RowBatches.MOST_ROWS, 1);
        writes.forEach(RowBatchesIT::done);
        assertThat(latest(agent)).hasSize(rows.size());
    }

    /** 64 of these would be 51 MB, and Cassandra refuses a mutation above 8 MiB however often it is tried. */
    @Test
    void largeReportsAreWrittenInBatchesThatCassandraTakes() {
        Map<String, Object> large =
                Map.of("text", "x".repeat(200_000), "more", "y".repeat(200_000), "z", "z".repeat(200_000));
        List<StoredMetrics> rows = IntStream.range(0, RowBatches.MOST_ROWS)
                .mapToObj(i -> new StoredMetrics(agent, MIDNIGHT.plusSeconds(i), i, new MetricsReport(1, 1, 1, large)))
                .toList();

        List<RowsWrite> writes = metrics.writes(rows);

        assertThat(writes).hasSize(rows.size());
        writes.forEach(RowBatchesIT::done);
        assertThat(metrics.latest(agent, MIDNIGHT, 3).toCompletableFuture().join())
                .hasSize(3);
    }

    /** Far above the 50 KiB at which Cassandra refuses batches of several partitions. */
    @Test
    void aBatchOfOnePartitionIsNotRefusedForItsSize() {
        List<StoredMetrics> rows = IntStream.range(0, 16)
                .mapToObj(i -> new StoredMetrics(
                        agent,
                        MIDNIGHT.plusSeconds(i),
                        i,
                        new MetricsReport(1, 1, 1, Map.of("text", "x".repeat(16_000)))))
                .toList();

        List<RowsWrite> writes = metrics.writes(rows);

        assertThat(writes.stream().map(RowsWrite::rows)).containsExactly(16);
        writes.forEach(RowBatchesIT::done);
        assertThat(metrics.latest(agent, MIDNIGHT, 100).toCompletableFuture().join())
                .hasSize(16);
    }

    private static StoredHeartbeat heartbeat(AgentId agent, int second) {
        return new StoredHeartbeat(
                agent, MIDNIGHT.plusSeconds(second), second + 1_000, new Heartbeat(HeartbeatMode.IDLE, second + 1_000));
    }

    private List<StoredHeartbeat> latest(AgentId of) {
        return heartbeats.latest(of, MIDNIGHT, 1_000).toCompletableFuture().join();
    }

    private static Comparator<StoredHeartbeat> newestFirst() {
        return Comparator.comparing(StoredHeartbeat::appendTime).reversed();
    }

    private static void done(RowsWrite write) {
        var unused = write.start().get().toCompletableFuture().join();
    }
}
