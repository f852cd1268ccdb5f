package io.agentstation.telemetry.availability;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.ticks.Ticks;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.telemetry.batches.RecordDecoder;
import io.agentstation.telemetry.streams.JsonSerde;
import io.agentstation.telemetry.streams.StoreKind;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Heartbeats, ticks and lifecycle events into hours on {@code agent.availability}. The two topics are read in the order of
 * their append times, as far as both are there to be read.
 *
 * <p>Every name is part of the stored state: renaming a store loses what it holds.
 */
public final class AvailabilityTopology {

    static final String AGENTS_STORE = "watched-agents";
    static final String LOG_TIME_STORE = "log-time";

    private static final String HEARTBEATS_SOURCE = "heartbeats";
    private static final String LIFECYCLE_SOURCE = "lifecycle";
    private static final String PROCESSOR = "availability";
    private static final String SINK = "availability-hours";

    private AvailabilityTopology() {}

    /**
     * What decides the hours.
     *
     * @param publishInterval how often the hours of an agent are published at most, in log time
     * @param excludesStalls  false only to show what would come of it
     */
    record Rules(HeartbeatPromise promise, Duration publishInterval, boolean excludesStalls) {}

    /** How the records are read. */
    record Readers(RecordDecoder<Heartbeat> heartbeats, RecordDecoder<LifecycleEvent> events, Ticks ticks) {

        static Readers of(StationKey key, int partitions) {
            return new Readers(
                    RecordDecoder.of(Heartbeat.class, partitions),
                    RecordDecoder.of(LifecycleEvent.class, partitions, (agent, event) -> agent.equals(event.agentId())),
                    new Ticks(key));
        }
    }

    /**
     * Adds availability to a topology.
     *
     * @param partitions      how many partitions every keyed topic has
     * @param publishInterval how often the hours of an agent are published at most, in log time
     */
    public static void add(
            Topology topology,
            StationKey key,
            int partitions,
            HeartbeatPromise promise,
            Duration publishInterval,
            StoreKind stores,
            AvailabilityFigures figures) {
        add(topology, Readers.of(key, partitions), new Rules(promise, publishInterval, true), stores, figures);
    }

    static void add(Topology topology, Readers readers, Rules rules, StoreKind stores, AvailabilityFigures figures) {
        source(topology, HEARTBEATS_SOURCE, Topic.HEARTBEATS);
        source(topology, LIFECYCLE_SOURCE, Topic.LIFECYCLE);
        topology.addProcessor(
                PROCESSOR,
                () -> new AvailabilityProcessor(readers, rules, figures),
                HEARTBEATS_SOURCE,
                LIFECYCLE_SOURCE);
        topology.addStateStore(store(AGENTS_STORE, stores, JsonSerde.of(WatchedAgent.class)), PROCESSOR);
        topology.addStateStore(store(LOG_TIME_STORE, StoreKind.MEMORY, Serdes.ByteArray()), PROCESSOR);
        topology.addSink(
                SINK, Topic.AVAILABILITY.topicName(), new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
    }

    private static void source(Topology topology, String name, Topic topic) {
        topology.addSource(name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic.topicName());
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, StoreKind kind, Serde<V> values) {
        return Stores.keyValueStoreBuilder(kind.table(name), Serdes.String(), values)
                .withLoggingEnabled(StoreKind.changelog())
                .withCachingEnabled();
    }
}
