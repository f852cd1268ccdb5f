package io.agentstation.benchmarks.liveness;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.topology.DetectorFigures;
import io.agentstation.liveness.topology.LivenessTopology;
import io.agentstation.standalone.topics.TopicCreation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/** The programs that are compared; each reads the same three topics in the same shape. */
enum Side {
    /** Reads and does nothing. */
    NO_OP("benchmark-no-op"),
    /** A parsed heartbeat, a record in a logged store; nobody is judged. */
    TEXTBOOK("benchmark-textbook"),
    /** The real one. */
    DETECTOR("liveness-detector");

    private static final String PROCESSOR = "processor";
    private static final Map<String, String> CHANGELOG =
            Map.of("segment.bytes", "16777216", "min.cleanable.dirty.ratio", "0.2");

    private final String applicationId;

    Side(String applicationId) {
        this.applicationId = applicationId;
    }

    /**
     * What is run.
     *
     * @param heartbeats how many were read so far
     */
    record Program(Topology topology, LongSupplier heartbeats) {}

    String applicationId() {
        return applicationId;
    }

    Program program(MeterRegistry meters) {
        LongAdder count = new LongAdder();
        return switch (this) {
            case NO_OP -> new Program(topology(() -> new NoOp(count)), count::sum);
            case TEXTBOOK -> new Program(withStore(topology(() -> new Textbook(count))), count::sum);
            case DETECTOR ->
                new Program(
                        LivenessTopology.build(
                                LivenessSettings.defaults(),
                                StationKey.parse(Appender.keyText()),
                                TopicCreation.PARTITIONS,
                                new DetectorFigures(meters, Clock.systemUTC())),
                        () -> counted(meters, "station.liveness.heartbeats"));
        };
    }

    /** The sum of a meter's counters, 0 when there is none yet. */
    static long counted(MeterRegistry meters, String name) {
        return (long) meters.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static Topology topology(ProcessorSupplier<byte[], byte[], byte[], byte[]> processor) {
        Topology topology = new Topology();
        List<Topic> topics = List.of(Topic.COMMANDS, Topic.OBSERVATIONS, Topic.HEARTBEATS);
        topics.forEach(topic -> topology.addSource(
                topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic.topicName()));
        topology.addProcessor(
                PROCESSOR, processor, topics.stream().map(Topic::name).toArray(String[]::new));
        return topology;
    }

    private static Topology withStore(Topology topology) {
        return topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(Textbook.STORE), Serdes.Bytes(), Serdes.ByteArray())
                        .withLoggingEnabled(CHANGELOG),
                PROCESSOR);
    }
}
