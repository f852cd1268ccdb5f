package io.agentstation.store.reports;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.session.Retention;
import io.agentstation.store.session.Store;
import io.agentstation.store.writes.RowBatches;
import io.agentstation.store.writes.RowsWrite;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Table {@code metrics}: one row a report, kept for as long as {@link Retention} says. Its key is its place in the log, its
 * timestamp the append time: a replay is the same row, in the same compaction window, and lives no longer.
 */
public final class Metrics {

    private static final String WRITE = """
            INSERT INTO metrics (agent_id, day, append_time, record_offset, cpu_percent, memory_mb, requests_handled,
              custom_metrics)
            VALUES (:agent_id, :day, :append_time, :record_offset, :cpu_percent, :memory_mb, :requests_handled,
              :custom_metrics)
            USING TIMESTAMP :clock AND TTL :ttl""";
    private static final String CUSTOM_METRICS = "custom_metrics";
    private static final String NONE = "{}";

    /** Rows that are read, and held, at a time: each may have 16 kB of custom metrics. */
    private static final int BATCH = 50;

    private final PreparedStatement write;
    private final RowBatches<StoredMetrics> batches;
    private final ReportHistory<StoredMetrics> history;
    private final Duration kept;
    private final InstantSource clock;

    public Metrics(Store store) {
        this(store, InstantSource.system());
    }

    Metrics(Store store, InstantSource clock) {
        this.write = store.prepare(WRITE);
        this.batches = new RowBatches<>(
                store,
                this::bind,
                stored -> ReportDay.of(stored.agent(), stored.appendTime()),
                row -> Objects.requireNonNull(row.getBytesUnsafe(CUSTOM_METRICS))
                        .remaining());
        this.kept = store.retention().metrics();
        this.history = new ReportHistory<>(new ReportTable<>(store, "metrics", BATCH, Metrics::read), kept);
        this.clock = clock;
    }

    /** Stores one report. */
    public CompletionStage<?> write(StoredMetrics stored) {
        return writes(List.of(stored)).get(0).start().get();
    }

    /** The writes that store these reports; none is started. */
    public List<RowsWrite> writes(List<StoredMetrics> reports) {
        return batches.of(reports);
    }

    private BoundStatement bind(StoredMetrics stored) {
        MetricsReport report = stored.report();
        return write.boundStatementBuilder()
                .setUuid("agent_id", stored.agent().value())
                .setLocalDate("day", ReportDay.dayOf(stored.appendTime()))
                .setInstant("append_time", stored.appendTime())
                .setLong("record_offset", stored.offset())
                .setDouble("cpu_percent", report.cpuPercent())
                .setDouble("memory_mb", report.memoryMb())
                .setLong("requests_handled", report.requestsHandled())
                .setString(
                        CUSTOM_METRICS,
                        report.customMetrics().isEmpty() ? NONE : Wire.writeText(report.customMetrics()))
                .setLong("clock", ReportDay.clockOf(stored.appendTime()))
                .setInt("ttl", Retention.secondsLeft(kept, stored.appendTime(), clock.instant()))
                .setIdempotence(true)
                .build();
    }

    /** The agent's newest reports up to now, newest first. */
    public CompletionStage<List<StoredMetrics>> latest(AgentId agent, Instant now, int most) {
        return history.latest(agent, now, most);
    }

    /** All that is kept, to read. */
    public ReportHistory<StoredMetrics> history() {
        return history;
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
