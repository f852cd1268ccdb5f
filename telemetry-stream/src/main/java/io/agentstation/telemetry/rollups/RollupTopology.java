package io.agentstation.telemetry.rollups;

import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.telemetry.batches.RecordDecoder;
import io.agentstation.telemetry.streams.JsonSerde;
import io.agentstation.telemetry.streams.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Reports of {@code agent.metrics} into windows on {@code agent.metrics-rollups}. Windows are cut by log-append time; each
 * change of a window is published with the next commit, the last one too, so that nothing is held back for a window's end.
 *
 * <p>Every name is part of the stored state: renaming a store loses what it holds.
 */
public final class RollupTopology {

    static final String CPU = "cpu_percent";
    static final String MEMORY = "memory_mb";
    static final String REQUEST_RATE = "request_rate";
    static final String PREVIOUS_REPORTS = "previous-reports";

    private RollupTopology() {}

    /**
     * Adds the roll-ups to a topology.
     *
     * @param partitions how many partitions every keyed topic has
     * @param grace      how far a report's append time may lie behind the newest of its partition and still be counted in a
     *                   window that has ended
     */
    public static void add(
            StreamsBuilder builder, int partitions, Duration grace, StoreKind stores, RollupFigures figures) {
        RecordDecoder<MetricsReport> decoder = RecordDecoder.of(MetricsReport.class, partitions);
        KGroupedStream<byte[], Sample> samples = builder.stream(
                        Topic.METRICS.topicName(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("metrics"))
                .processValues(new ReaderSupplier(decoder, figures, stores), Named.as("report-reader"))
                .groupByKey(Grouped.with("samples", Serdes.ByteArray(), JsonSerde.of(Sample.class)));
        for (Resolution resolution : Resolution.values()) {
            rollUp(samples, resolution, grace, stores, figures);
        }
    }

    private static void rollUp(
            KGroupedStream<byte[], Sample> samples,
            Resolution resolution,
            Duration grace,
            StoreKind stores,
            RollupFigures figures) {
        String name = resolution.name().toLowerCase(Locale.ROOT) + "-windows";
        samples.windowedBy(TimeWindows.ofSizeAndGrace(resolution.length(), grace))
                .aggregate(
                        () -> WindowSeries.EMPTY,
                        (agent, sample, window) -> window.plus(sample, figures::leftOut),
                        Named.as(name + "-sum"),
                        Materialized.<byte[], WindowSeries>as(stores.windows(name, resolution.length(), grace))
                                .withKeySerde(Serdes.ByteArray())
                                .withValueSerde(JsonSerde.of(WindowSeries.class))
                                .withLoggingEnabled(StoreKind.changelog())
                                .withCachingEnabled())
                .toStream(Named.as(name + "-changes"))
                .map((window, series) -> rollup(resolution, window, series), Named.as(name + "-rollup"))
                .to(
                        Topic.METRICS_ROLLUPS.topicName(),
                        Produced.with(Serdes.ByteArray(), JsonSerde.of(MetricsRollup.class))
                                .withName(name + "-rollups"));
    }

    private static KeyValue<byte[], MetricsRollup> rollup(
            Resolution resolution, Windowed<byte[]> window, WindowSeries series) {
        return KeyValue.pair(
                window.key(),
                new MetricsRollup(
                        resolution, Instant.ofEpochMilli(window.window().start()), series.series()));
    }

    private record ReaderSupplier(RecordDecoder<MetricsReport> decoder, RollupFigures figures, StoreKind kind)
            implements FixedKeyProcessorSupplier<byte[], byte[], Sample> {

        @Override
        public FixedKeyProcessor<byte[], byte[], Sample> get() {
            return new ReportReader(decoder, figures);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                            kind.table(PREVIOUS_REPORTS), Serdes.ByteArray(), JsonSerde.of(PreviousReport.class))
                    .withLoggingEnabled(StoreKind.changelog())
                    .withCachingEnabled());
        }
    }
}
