package io.agentstation.store.reports;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Table {@code metrics}: one row a report, kept for 30 days; the key is its place in the log, so a replay is the same row. */
public final class Metrics {

    /** For how many days rows are kept. */
    public static final int RETENTION_DAYS = 30;

    private final Store store;
    private final PreparedStatement write;
    private final LatestByDay latest;

    public Metrics(Store store) {
        this.store = store;
        this.write = store.prepare("INSERT INTO metrics (agent_id, day, append_time, record_offset, cpu_percent,"
                + " memory_mb, requests_handled, custom_metrics) VALUES (:agent_id, :day, :append_time,"
                + " :record_offset, :cpu_percent, :memory_mb, :requests_handled, :custom_metrics)");
        this.latest = new LatestByDay(store, "metrics", RETENTION_DAYS);
    }

    /** Stores one report. */
    public CompletionStage<?> write(StoredMetrics stored) {
        MetricsReport report = stored.report();
        return store.executeAsync(write.bind()
                .setUuid("agent_id", stored.agent().value())
                .setLocalDate("day", LatestByDay.dayOf(stored.appendTime()))
                .setInstant("append_time", stored.appendTime())
                .setLong("record_offset", stored.offset())
                .setDouble("cpu_percent", report.cpuPercent())
                .setDouble("memory_mb", report.memoryMb())
                .setLong("requests_handled", report.requestsHandled())
                .setString("custom_metrics", Wire.writeText(report.customMetrics()))
                .setIdempotent(true));
    }

    /** The agent's newest reports up to now, newest first. */
    public CompletionStage<List<StoredMetrics>> latest(AgentId agent, Instant now, int most) {
        return latest.read(agent, now, most, row -> read(agent, row));
    }

    @SuppressWarnings("unchecked")
    private static StoredMetrics read(AgentId agent, Row row) {
        return new StoredMetrics(
                agent,
                row.get("append_time", Instant.class),
                row.getLong("record_offset"),
                new MetricsReport(
                        row.getDouble("cpu_percent"),
                        row.getDouble("memory_mb"),
                        row.getLong("requests_handled"),
                        Wire.readText(row.get("custom_metrics", String.class), Map.class)));
    }
}
