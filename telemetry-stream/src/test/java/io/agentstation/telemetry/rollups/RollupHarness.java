package io.agentstation.telemetry.rollups;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import io.agentstation.contracts.metrics.Series;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.telemetry.streams.StoreKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/** The roll-ups of one partition without a broker; results come with each record, since nothing is cached between them. */
final class RollupHarness implements AutoCloseable {

    static final Duration GRACE = Duration.ofMinutes(5);

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> reports;
    private final TestOutputTopic<byte[], byte[]> rollups;
    private final List<Result> all = new ArrayList<>();

    record Window(String agent, Resolution resolution, Instant start) {}

    record Result(Window window, SortedMap<String, Series> series) {}

    RollupHarness(StoreKind stores) {
        this.driver = new TopologyTestDriver(topology(stores, new RollupFigures(registry)), properties());
        this.reports = driver.createInputTopic(
                Topic.METRICS.topicName(), new ByteArraySerializer(), new ByteArraySerializer());
        this.rollups = driver.createOutputTopic(
                Topic.METRICS_ROLLUPS.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static Topology topology(StoreKind stores, RollupFigures figures) {
        StreamsBuilder builder = new StreamsBuilder();
        // The driver has one partition.
        RollupTopology.add(builder, 1, GRACE, stores, figures);
        return builder.build();
    }

    void report(AgentId agent, Instant at, MetricsReport report) {
        raw(agent.toString(), Wire.write(report), at);
    }

    void raw(@Nullable String key, byte @Nullable [] value, Instant at) {
        reports.pipeInput(key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, at);
    }

    /** Every record that was published, in order. */
    List<Result> published() {
        rollups.readKeyValuesToList().forEach(record -> {
            MetricsRollup rollup = Wire.read(record.value, MetricsRollup.class);
            String agent = new String(record.key, StandardCharsets.UTF_8);
            all.add(new Result(new Window(agent, rollup.resolution(), rollup.windowStart()), rollup.series()));
        });
        return all;
    }

    /** The newest record of each window. */
    java.util.Map<Window, SortedMap<String, Series>> windows() {
        java.util.Map<Window, SortedMap<String, Series>> newest = new java.util.HashMap<>();
        published().forEach(result -> newest.put(result.window(), new TreeMap<>(result.series())));
        return newest;
    }

    /** What Kafka Streams says it has dropped as too late. */
    double dropped() {
        return driver.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("dropped-records-total"))
                .mapToDouble(metric -> (double) metric.metricValue())
                .sum();
    }

    double counted(String meter) {
        return registry.get(meter).counter().count();
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "rollups-" + java.util.UUID.randomUUID());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        return properties;
    }

    @Override
    public void close() {
        driver.close();
    }
}
