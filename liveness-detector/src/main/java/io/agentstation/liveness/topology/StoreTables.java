package io.agentstation.liveness.topology;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.ticks.StallTracker.Gateway;
import io.agentstation.contracts.ticks.StallTracker.LogClock;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.liveness.detection.Table;
import io.agentstation.liveness.detection.Tables;
import io.agentstation.liveness.facts.AgentFacts;
import io.agentstation.liveness.watch.WatchStore;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The detector's tables as state stores with a changelog. */
final class StoreTables {

    private StoreTables() {}

    static Tables of(ProcessorContext<?, ?> context) {
        return new Tables(
                json(context, LivenessTopology.AGENTS_STORE, AgentId::of, AgentFacts.class),
                new Watches(context.getStateStore(LivenessTopology.WATCHES_STORE)),
                json(context, LivenessTopology.GATEWAYS_STORE, Function.identity(), Gateway.class),
                json(context, LivenessTopology.CLOCK_STORE, Function.identity(), LogClock.class),
                json(context, LivenessTopology.FLEET_STORE, WorkspaceId::of, FleetCounts.class));
    }

    private static <K, V> Table<K, V> json(
            ProcessorContext<?, ?> context, String store, Function<String, K> key, Class<V> type) {
        return new StoreTable<>(context.getStateStore(store), key, Wire::write, bytes -> Wire.read(bytes, type));
    }

    private record Watches(KeyValueStore<String, byte[]> store) implements WatchStore {

        @Override
        public void put(String key, byte[] record) {
            store.put(key, record);
        }

        @Override
        public void forEach(BiConsumer<String, byte[]> reader) {
            all(store, reader);
        }
    }

    private record StoreTable<K, V>(
            KeyValueStore<String, byte[]> store,
            Function<String, K> key,
            Function<V, byte[]> write,
            Function<byte[], V> read)
            implements Table<K, V> {

        @Override
        public @Nullable V get(K row) {
            byte[] bytes = store.get(row.toString());
            return bytes == null ? null : read.apply(bytes);
        }

        @Override
        public void put(K row, @Nullable V value) {
            store.put(row.toString(), value == null ? null : write.apply(value));
        }

        @Override
        public void forEach(BiConsumer<K, V> reader) {
            all(store, (row, value) -> reader.accept(key.apply(row), read.apply(value)));
        }
    }

    private static void all(KeyValueStore<String, byte[]> store, BiConsumer<String, byte[]> reader) {
        try (KeyValueIterator<String, byte[]> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, byte[]> row = rows.next();
                reader.accept(row.key, row.value);
            }
        }
    }
}
