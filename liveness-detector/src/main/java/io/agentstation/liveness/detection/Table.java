package io.agentstation.liveness.detection;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Rows by key; what is written together with an output is kept or lost together with it. */
public interface Table<K, V> {

    /** The row, or null. */
    @Nullable
    V get(K key);

    /** Writes the row; null deletes it. */
    void put(K key, @Nullable V row);

    /** Reads every row, in no order; nothing may be written meanwhile. */
    void forEach(BiConsumer<K, V> reader);
}
