package io.agentstation.liveness.topology;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.liveness.detection.Criteria;
import io.agentstation.liveness.detection.Policies;
import io.agentstation.liveness.silence.LivenessSettings;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The one topology: three topics of facts and the policies, one processor, one topic for each sort of decision.
 *
 * <p>Everything enters and leaves as bytes, so that no record can fail in a deserializer, where only the whole client
 * could be stopped. Every name is part of the stored state: renaming a store loses what it holds.
 */
public final class LivenessTopology {

    static final String COMMANDS_SOURCE = "commands";
    static final String OBSERVATIONS_SOURCE = "observations";
    static final String HEARTBEATS_SOURCE = "heartbeats";
    static final String POLICIES_SOURCE = "policies";
    static final String POLICIES_READER = "policies-reader";
    static final String DETECTOR = "detector";
    static final String LIFECYCLE_SINK = "lifecycle";
    static final String FLEET_SINK = "fleet";
    static final String DETECTOR_SINK = "detector-reports";
    static final String COMMANDS_SINK = "station-commands";

    static final String AGENTS_STORE = "agents";
    static final String WATCHES_STORE = "watches";
    static final String GATEWAYS_STORE = "gateways";
    static final String CLOCK_STORE = "log-clock";
    static final String FLEET_STORE = "fleet-counts";
    static final String COMMIT_HOOK_STORE = "commit-hook";
    static final String POLICIES_STORE = "workspace-policies";

    // A restart reads the changelog to its end, and the segment being written is never compacted: keep it small.
    private static final Map<String, String> CHANGELOG =
            Map.of("segment.bytes", "16777216", "min.cleanable.dirty.ratio", "0.2");

    private LivenessTopology() {}

    /**
     * The topology by the rule of design section 4.
     *
     * @param partitions how many partitions every keyed topic has
     * @param figures    is told what happens, for metrics and health
     */
    public static Topology build(
            LivenessSettings settings, StationKey stationKey, int partitions, DetectorFigures figures) {
        return build(settings, stationKey, partitions, figures, Variant.real(settings));
    }

    static Topology build(
            LivenessSettings settings,
            StationKey stationKey,
            int partitions,
            DetectorFigures figures,
            Variant variant) {
        Topology topology = new Topology();
        CommitHooks hooks = new CommitHooks(variant.writesBeforeCommits());
        CommitPace pace = new CommitPace(System::nanoTime);
        Criteria criteria = new Criteria(settings, variant.rule(), policies(topology));
        source(topology, COMMANDS_SOURCE, Topic.COMMANDS);
        source(topology, OBSERVATIONS_SOURCE, Topic.OBSERVATIONS);
        source(topology, HEARTBEATS_SOURCE, Topic.HEARTBEATS);
        topology.addProcessor(
                DETECTOR,
                () -> new DetectorProcessor(criteria, new Intake(stationKey, partitions), figures, hooks, pace),
                COMMANDS_SOURCE,
                OBSERVATIONS_SOURCE,
                HEARTBEATS_SOURCE);
        for (String store : new String[] {AGENTS_STORE, WATCHES_STORE, GATEWAYS_STORE, CLOCK_STORE, FLEET_STORE}) {
            topology.addStateStore(store(store, variant), DETECTOR);
        }
        topology.addStateStore(commitHook(hooks), DETECTOR);
        sink(topology, LIFECYCLE_SINK, variant.output(Topic.LIFECYCLE.topicName()));
        sink(topology, COMMANDS_SINK, variant.output(Topic.COMMANDS.topicName()));
        ownPartitionSink(topology, FLEET_SINK, variant.output(Topic.FLEET.topicName()));
        ownPartitionSink(topology, DETECTOR_SINK, variant.output(Topic.DETECTOR.topicName()));
        return topology;
    }

    // Every instance reads all of them: an agent's partition says nothing about its workspace.
    private static Policies policies(Topology topology) {
        PolicyBoard board = new PolicyBoard();
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(POLICIES_STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                POLICIES_SOURCE,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                Topic.POLICIES.topicName(),
                POLICIES_READER,
                () -> new PoliciesReader(board));
        return board;
    }

    private static void source(Topology topology, String name, Topic topic) {
        topology.addSource(name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic.topicName());
    }

    private static void ownPartitionSink(Topology topology, String name, String topic) {
        topology.addSink(
                name, topic, new ByteArraySerializer(), new ByteArraySerializer(), new OwnPartition(), DETECTOR);
    }

    private static void sink(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), DETECTOR);
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name, Variant variant) {
        StoreBuilder<KeyValueStore<String, byte[]>> store =
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
        return variant.keepsChangelogs() ? store.withLoggingEnabled(CHANGELOG) : store.withLoggingDisabled();
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> commitHook(CommitHooks hooks) {
        KeyValueBytesStoreSupplier memory = Stores.inMemoryKeyValueStore(COMMIT_HOOK_STORE);
        return Stores.keyValueStoreBuilder(new CommitHookSupplier(memory, hooks), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingEnabled();
    }

    private record CommitHookSupplier(KeyValueBytesStoreSupplier memory, CommitHooks hooks)
            implements KeyValueBytesStoreSupplier {

        @Override
        public String name() {
            return memory.name();
        }

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new CommitHook(memory.get(), hooks);
        }

        @Override
        public String metricsScope() {
            return memory.metricsScope();
        }
    }
}
