package io.agentstation.telemetry.metrics;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.store.agents.AgentProjections;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.StoredMetrics;
import io.agentstation.telemetry.batches.LogRecord;
import io.agentstation.telemetry.batches.Rows;
import io.agentstation.telemetry.batches.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One row a report, and the newest of each agent in its row of {@code agents}; neither waits for the other. */
public final class MetricsRows implements Rows<MetricsReport> {

    private final Metrics metrics;
    private final AgentProjections projections;

    public MetricsRows(Metrics metrics, AgentProjections projections) {
        this.metrics = metrics;
        this.projections = projections;
    }

    @Override
    public List<List<Write>> of(List<LogRecord<MetricsReport>> batch) {
        Map<AgentId, LogRecord<MetricsReport>> newest = new HashMap<>();
        batch.forEach(record -> newest.put(record.agent(), record));
        return List.of(Stream.concat(
                        metrics.writes(batch.stream().map(MetricsRows::row).toList()).stream()
                                .map(rows -> Write.of("metrics", rows)),
                        newest.values().stream().map(this::projection))
                .toList());
    }

    private static StoredMetrics row(LogRecord<MetricsReport> record) {
        return new StoredMetrics(record.agent(), record.appendTime(), record.offset(), record.message());
    }

    private Write projection(LogRecord<MetricsReport> record) {
        return Write.of(
                "agents",
                () -> projections.projectMetrics(
                        record.agent(), record.message(), record.appendTimeMs(), record.offset()));
    }
}
