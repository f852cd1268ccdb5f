package io.agentstation.store.agents;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.reports.StoredMetrics;
import io.agentstation.store.reports.StoredReport;
import io.agentstation.store.session.Store;
import io.agentstation.store.writes.RowBatches;
import io.agentstation.store.writes.RowsWrite;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code latest_reports}: the newest heartbeat and metrics report of each agent, written with the clock of its record
 * ({@link ProjectionClock}), so that the order of arrival does not matter and a replay writes the same.
 *
 * <p>A bucket holds many agents, since Cassandra's price is by the partition that a request touches: a heartbeat of each of 5,000
 * agents costs 64 to 128 writes here instead of 5,000. Buckets follow Kafka's partitions as far as the number of those
 * divides {@value #BUCKETS}, so that a reader of one partition touches few of them.
 */
public final class LatestReports {

    /** With a million agents, 16,000 rows of about 150 bytes in each. */
    static final int BUCKETS = 64;

    private static final String HEARTBEAT = """
            UPDATE latest_reports USING TIMESTAMP :clock SET heartbeat_at = :at, heartbeat_mode = :mode
            WHERE bucket = :bucket AND agent_id = :agent_id""";
    private static final String METRICS = """
            UPDATE latest_reports USING TIMESTAMP :clock
            SET metrics_at = :at, cpu_percent = :cpu, memory_mb = :memory, requests_handled = :requests
            WHERE bucket = :bucket AND agent_id = :agent_id""";
    private static final String READ = "SELECT * FROM latest_reports WHERE bucket = :bucket AND agent_id = :agent_id";

    private final Store store;
    private final PreparedStatement read;
    private final PreparedStatement heartbeat;
    private final PreparedStatement metrics;
    private final RowBatches<StoredHeartbeat> heartbeats;
    private final RowBatches<StoredMetrics> reports;

    public LatestReports(Store store) {
        this.store = store;
        this.read = store.prepare(READ);
        this.heartbeat = store.prepare(HEARTBEAT);
        this.metrics = store.prepare(METRICS);
        this.heartbeats = new RowBatches<>(store, this::bind, report -> bucket(report.agent()), row -> 0);
        this.reports = new RowBatches<>(store, this::bind, report -> bucket(report.agent()), row -> 0);
    }

    /** The writes of the last of these heartbeats of each agent; none is started. */
    public List<RowsWrite> ofHeartbeats(List<StoredHeartbeat> inOrder) {
        return heartbeats.of(newest(inOrder));
    }

    /** The writes of the last of these metrics reports of each agent; none is started. */
    public List<RowsWrite> ofMetrics(List<StoredMetrics> inOrder) {
        return reports.of(newest(inOrder));
    }

    /** The agent's newest reports; {@link Latest#NONE} of an agent that never reported. */
    public CompletionStage<Latest> find(AgentId agent) {
        return store.executeAsync(bindRead(agent)).thenApply(rows -> read(rows.one()));
    }

    /** The same agent with its newest reports, to be shown; a failed stage as in {@link Store#executeAsync}. */
    public CompletionStage<AgentRow> addTo(AgentRow row) {
        return find(row.id()).thenApply(row::with);
    }

    static int bucket(AgentId agent) {
        return Partitions.of(agent, BUCKETS);
    }

    private static <T extends StoredReport> List<T> newest(List<T> inOrder) {
        Map<AgentId, T> newest = new LinkedHashMap<>();
        inOrder.forEach(report -> newest.put(report.agent(), report));
        return List.copyOf(newest.values());
    }

    private BoundStatement bindRead(AgentId agent) {
        return read.bind()
                .setInt("bucket", bucket(agent))
                .setUuid("agent_id", agent.value())
                .setIdempotent(true);
    }

    private BoundStatement bind(StoredHeartbeat stored) {
        return bind(heartbeat, stored)
                .setString("mode", stored.heartbeat().mode().name());
    }

    private BoundStatement bind(StoredMetrics stored) {
        return bind(metrics, stored)
                .setDouble("cpu", stored.report().cpuPercent())
                .setDouble("memory", stored.report().memoryMb())
                .setLong("requests", stored.report().requestsHandled());
    }

    private static BoundStatement bind(PreparedStatement statement, StoredReport report) {
        return statement
                .bind()
                .setInt("bucket", bucket(report.agent()))
                .setUuid("agent_id", report.agent().value())
                .setInstant("at", report.appendTime())
                .setLong("clock", ProjectionClock.ofRecord(report.appendTime().toEpochMilli(), report.offset()))
                .setIdempotent(true);
    }

    private static Latest read(@Nullable Row row) {
        if (row == null) {
            return Latest.NONE;
        }
        Instant heartbeatAt = row.getInstant("heartbeat_at");
        Instant metricsAt = row.getInstant("metrics_at");
        return new Latest(
                heartbeatAt == null
                        ? Optional.empty()
                        : Optional.of(new LatestHeartbeat(
                                heartbeatAt, HeartbeatMode.valueOf(row.get("heartbeat_mode", String.class)))),
                metricsAt == null
                        ? Optional.empty()
                        : Optional.of(new LatestMetrics(
                                metricsAt,
                                row.getDouble("cpu_percent"),
                                row.getDouble("memory_mb"),
                                row.getLong("requests_handled"))));
    }

    /** The newest of each kind, if there was one. */
    public record Latest(Optional<LatestHeartbeat> heartbeat, Optional<LatestMetrics> metrics) {

        static final Latest NONE = new Latest(Optional.empty(), Optional.empty());
    }

    /** A heartbeat, and when the broker appended it. */
    public record LatestHeartbeat(Instant at, HeartbeatMode mode) {}
}
