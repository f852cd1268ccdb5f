package io.agentstation.telemetry.metrics;

import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.StoredMetrics;
import io.agentstation.telemetry.batches.LogRecord;
import io.agentstation.telemetry.batches.Rows;
import io.agentstation.telemetry.batches.Write;
import java.util.List;

/** One row a report. */
public final class MetricsRows implements Rows<MetricsReport> {

    private final Metrics metrics;

    public MetricsRows(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public List<List<Write>> of(List<LogRecord<MetricsReport>> batch) {
        return List.of(batch.stream().map(this::row).toList());
    }

    private Write row(LogRecord<MetricsReport> record) {
        return () -> metrics.write(
                new StoredMetrics(record.agent(), record.appendTime(), record.offset(), record.message()));
    }
}
