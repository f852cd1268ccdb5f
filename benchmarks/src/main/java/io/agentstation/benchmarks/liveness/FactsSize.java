package io.agentstation.benchmarks.liveness;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What the store {@code agents} takes: an in-memory store is a {@code TreeMap} of {@code Bytes} to {@code byte[]}.
 *
 * @param jsonBytes of the values alone
 * @param heapBytes with keys, entries and object headers
 */
record FactsSize(long jsonBytes, long heapBytes) {

    private static final String STORE = "agents";
    // On a 64-bit JVM with compressed references: TreeMap.Entry 40 bytes, Bytes 24, an array 16 and its length in
    // eights.
    private static final int ENTRY = 40 + 24;
    private static final int ARRAY_HEADER = 16;

    static FactsSize of(KafkaStreams streams) {
        ReadOnlyKeyValueStore<String, byte[]> store =
                streams.store(StoreQueryParameters.fromNameAndType(STORE, QueryableStoreTypes.keyValueStore()));
        long json = 0;
        long heap = 0;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> each = all.next();
                json += each.value.length;
                heap += ENTRY + array(each.key.getBytes(StandardCharsets.UTF_8).length) + array(each.value.length);
            }
        }
        return new FactsSize(json, heap);
    }

    static long array(int length) {
        return (ARRAY_HEADER + length + 7L) / 8 * 8;
    }

    void write(Properties figures) {
        figures.setProperty(Figure.FACTS_JSON_BYTES, Long.toString(jsonBytes));
        figures.setProperty(Figure.FACTS_BYTES, Long.toString(heapBytes));
    }
}
