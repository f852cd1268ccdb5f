package io.agentstation.telemetry.metrics;

import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.StoredMetrics;
import io.agentstation.telemetry.batches.LogRecord;
import io.agentstation.telemetry.batches.Rows;
import io.agentstation.telemetry.batches.Write;
import java.util.List;
import java.util.stream.Stream;

/** One row a report, and the newest of each agent in {@code latest_reports} first; neither waits for the other. */
public final class MetricsRows implements Rows<MetricsReport> {

    private final Metrics metrics;
    private final LatestReports latest;

    public MetricsRows(Metrics metrics, LatestReports latest) {
        this.metrics = metrics;
        this.latest = latest;
    }

    @Override
    public List<List<Write>> of(List<LogRecord<MetricsReport>> batch) {
        List<StoredMetrics> rows = batch.stream().map(MetricsRows::row).toList();
        return List.of(Stream.concat(
                        latest.ofMetrics(rows).stream().map(write -> Write.of("latest_reports", write)),
                        metrics.writes(rows).stream().map(write -> Write.of("metrics", write)))
                .toList());
    }

    private static StoredMetrics row(LogRecord<MetricsReport> record) {
        return new StoredMetrics(record.agent(), record.appendTime(), record.offset(), record.message());
    }
}
