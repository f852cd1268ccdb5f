package io.agentstation.store.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import io.agentstation.store.writes.RowsWrite;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows go out together. */
class ReportBatchesIT {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");

    private static final int MOST_ROWS = 64;

    private final Heartbeats heartbeats = new Heartbeats(TestStore.get(), InstantSource.fixed(MIDNIGHT));
    private final Metrics metrics = new Metrics(TestStore.get(), InstantSource.fixed(MIDNIGHT));
    private final AgentId agent = TestIds.agent();
    private final AgentId another = TestIds.agent();

    @Test
    void rowsOfOneAgentAndDayGoTogetherWhateverTheirOrder() {
        List<StoredHeartbeat> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(heartbeat(agent, i));
            rows.add(heartbeat(another, i));
        }

        List<RowsWrite> writes = heartbeats.writes(rows);

        assertThat(writes.stream().map(RowsWrite::rows)).containsExactly(40, 40);
        writes.forEach(ReportBatchesIT::done);
        assertThat(latest(agent)).hasSize(40).isSortedAccordingTo(newestFirst());
        assertThat(latest(another)).hasSize(40).isSortedAccordingTo(newestFirst());
    }

    @Test
    void theNewestReportsOfAThousandAgentsAreWrittenIntoNoMoreThan64Partitions() {
        List<StoredHeartbeat> rows = IntStream.range(0, 1_000)
                .mapToObj(i -> heartbeat(TestIds.agent(), i))
                .toList();

        List<RowsWrite> writes = new LatestReports(TestStore.get()).ofHeartbeats(rows);

        assertThat(writes)
                .hasSizeLessThanOrEqualTo(64)
                .allSatisfy(write -> assertThat(warnings(write)).isEmpty());
        assertThat(writes.stream().mapToInt(RowsWrite::rows).sum()).isEqualTo(1_000);
    }

    @Test
    void aBatchHasNoMoreRowsThanItGainsFrom() {
        List<StoredHeartbeat> rows = IntStream.range(0, 3 * MOST_ROWS + 1)
                .mapToObj(i -> heartbeat(agent, i))
                .toList();

        List<RowsWrite> writes = heartbeats.writes(rows);

        assertThat(writes.stream().map(RowsWrite::rows)).containsExactly(MOST_ROWS, MOST_ROWS, MOST_ROWS, 1);
        writes.forEach(ReportBatchesIT::done);
        assertThat(latest(agent)).hasSize(rows.size());
    }

    /** 64 of these would be 51 MB, and Cassandra refuses a mutation above 8 MiB however often it is tried. */
    @Test
    void largeReportsAreWrittenInBatchesThatCassandraTakes() {
        Map<String, Object> large =
                Map.of("text", "x".repeat(200_000), "more", "y".repeat(200_000), "z", "z".repeat(200_000));
        List<StoredMetrics> rows = IntStream.range(0, MOST_ROWS)
                .mapToObj(i -> new StoredMetrics(agent, MIDNIGHT.plusSeconds(i), i, new MetricsReport(1, 1, 1, large)))
                .toList();

        List<RowsWrite> writes = metrics.writes(rows);

        assertThat(writes).hasSize(rows.size());
        writes.forEach(ReportBatchesIT::done);
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
        writes.forEach(ReportBatchesIT::done);
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

    private static List<String> warnings(RowsWrite write) {
        AsyncResultSet result =
                (AsyncResultSet) write.start().get().toCompletableFuture().join();
        return result.getExecutionInfo().getWarnings();
    }

    private static void done(RowsWrite write) {
        var unused = write.start().get().toCompletableFuture().join();
    }
}
