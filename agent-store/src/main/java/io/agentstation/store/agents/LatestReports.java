package io.agentstation.store.agents;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.reports.StoredMetrics;
import io.agentstation.store.reports.StoredReport;
import io.agentstation.store.session.Store;
import io.agentstation.store.writes.RowBatches;
import io.agentstation.store.writes.RowsWrite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The newest heartbeat and metrics report of each agent, in its row of {@code agents}: written as {@link AgentProjections}
 * writes, at the clock of the report's record.
 */
public final class LatestReports {

    private static final String HEARTBEAT = """
            UPDATE agents USING TIMESTAMP :clock SET last_heartbeat_at = :at, last_heartbeat_mode = :mode
            WHERE agent_id = :agent_id""";
    private static final String REPORT = "report";
    private static final String METRICS = """
            UPDATE agents USING TIMESTAMP :clock SET last_metrics_at = :at, last_metrics = :report
            WHERE agent_id = :agent_id""";

    private final PreparedStatement heartbeat;
    private final PreparedStatement metrics;
    private final RowBatches<StoredHeartbeat> heartbeats;
    private final RowBatches<StoredMetrics> reports;

    public LatestReports(Store store) {
        this.heartbeat = store.prepare(HEARTBEAT);
        this.metrics = store.prepare(METRICS);
        this.heartbeats = new RowBatches<>(store, this::bind, StoredReport::agent, row -> 0);
        this.reports = new RowBatches<>(
                store,
                this::bind,
                StoredReport::agent,
                row -> Objects.requireNonNull(row.getBytesUnsafe(REPORT)).remaining());
    }

    /** The writes of the last of these heartbeats of each agent; none is started. */
    public List<RowsWrite> ofHeartbeats(List<StoredHeartbeat> inOrder) {
        return heartbeats.of(newest(inOrder));
    }

    /** The writes of the last of these metrics reports of each agent; none is started. */
    public List<RowsWrite> ofMetrics(List<StoredMetrics> inOrder) {
        return reports.of(newest(inOrder));
    }

    private static <T extends StoredReport> List<T> newest(List<T> inOrder) {
        Map<AgentId, T> newest = new LinkedHashMap<>();
        inOrder.forEach(report -> newest.put(report.agent(), report));
        return List.copyOf(newest.values());
    }

    private BoundStatement bind(StoredHeartbeat stored) {
        return bind(heartbeat, stored)
                .setString("mode", stored.heartbeat().mode().name());
    }

    private BoundStatement bind(StoredMetrics stored) {
        return bind(metrics, stored).setString(REPORT, Wire.writeText(stored.report()));
    }

    private static BoundStatement bind(PreparedStatement statement, StoredReport report) {
        return statement
                .bind()
                .setUuid("agent_id", report.agent().value())
                .setInstant("at", report.appendTime())
                .setLong("clock", ProjectionClock.ofRecord(report.appendTime().toEpochMilli(), report.offset()))
                .setIdempotent(true);
    }
}
