package io.agentstation.telemetry.rollups;

import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.telemetry.batches.PoisonRecord;
import io.agentstation.telemetry.batches.RecordDecoder;
import io.agentstation.telemetry.streams.StreamRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns each report into the values of its series. A record that is no report is passed over: the writer of reports puts it
 * aside, and a second copy among the dead letters would say that there were two.
 */
final class ReportReader implements FixedKeyProcessor<byte[], byte[], Sample> {

    private static final Duration FORGETTING = Duration.ofHours(1);

    private final RecordDecoder<MetricsReport> decoder;
    private final RollupFigures figures;

    private @Nullable FixedKeyProcessorContext<byte[], Sample> context;
    private @Nullable KeyValueStore<byte[], PreviousReport> previous;

    ReportReader(RecordDecoder<MetricsReport> decoder, RollupFigures figures) {
        this.decoder = decoder;
        this.figures = figures;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Sample> context) {
        this.context = context;
        this.previous = context.getStateStore(RollupTopology.PREVIOUS_REPORTS);
        context.schedule(FORGETTING, PunctuationType.STREAM_TIME, this::forget);
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
        FixedKeyProcessorContext<byte[], Sample> place = Objects.requireNonNull(context);
        MetricsReport report;
        try {
            report = decoder.decode(
                            StreamRecords.of(record, place.recordMetadata().orElseThrow()))
                    .message();
        } catch (PoisonRecord e) {
            figures.unreadable();
            return;
        }
        place.forward(record.withValue(sample(record, report)));
    }

    private Sample sample(FixedKeyRecord<byte[], byte[]> record, MetricsReport report) {
        CustomSeries custom = CustomSeries.of(report.customMetrics());
        figures.leftOut(custom.leftOut());
        SortedMap<String, Double> values = new TreeMap<>(custom.values());
        values.put(RollupTopology.CPU, report.cpuPercent());
        values.put(RollupTopology.MEMORY, report.memoryMb());
        KeyValueStore<byte[], PreviousReport> reports = Objects.requireNonNull(previous);
        PreviousReport now = new PreviousReport(report.requestsHandled(), record.timestamp());
        PreviousReport before = reports.get(record.key());
        // Of two reports of one millisecond the first stays: the next rate then counts what both handled.
        if (before == null || before.atMs() < now.atMs()) {
            reports.put(record.key(), now);
        }
        if (before != null) {
            before.rateUntil(now).ifPresent(rate -> values.put(RollupTopology.REQUEST_RATE, rate));
        }
        return new Sample(values);
    }

    private void forget(long nowMs) {
        KeyValueStore<byte[], PreviousReport> reports = Objects.requireNonNull(previous);
        List<byte[]> old = new ArrayList<>();
        try (KeyValueIterator<byte[], PreviousReport> rows = reports.all()) {
            while (rows.hasNext()) {
                KeyValue<byte[], PreviousReport> row = rows.next();
                if (nowMs - row.value.atMs() > PreviousReport.REMEMBERED.toMillis()) {
                    old.add(row.key);
                }
            }
        }
        old.forEach(reports::delete);
    }
}
