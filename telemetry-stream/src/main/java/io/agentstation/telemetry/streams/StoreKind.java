package io.agentstation.telemetry.streams;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;

/** Where the state of the windows lies; every store has a changelog in Kafka besides (docs/adr/0012). */
public enum StoreKind {
    /** RocksDB, its memory bounded by {@link BoundedRocks}: for fleets whose windows are larger than a heap. */
    DISK,
    /** The heap: for small fleets; nothing is opened, and a start reads the changelogs. */
    MEMORY;

    // A restart reads what is not compacted or deleted yet, and the segment being written never is: keep it small.
    private static final Map<String, String> CHANGELOG =
            Map.of("segment.bytes", "16777216", "segment.ms", "600000", "min.cleanable.dirty.ratio", "0.2");

    /** Configuration of every changelog topic. */
    public static Map<String, String> changelog() {
        return CHANGELOG;
    }

    /** A table by key. */
    public KeyValueBytesStoreSupplier table(String name) {
        return this == DISK ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name);
    }

    /** A table by key and window. */
    public WindowBytesStoreSupplier windows(String name, Duration size, Duration grace) {
        Duration kept = size.plus(grace);
        return this == DISK
                ? Stores.persistentWindowStore(name, kept, size, false)
                : Stores.inMemoryWindowStore(name, kept, size, false);
    }
}
