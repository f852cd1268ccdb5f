package io.agentstation.liveness.watch;

import java.util.function.BiConsumer;

/** Keeps the journal's records by key; what is written is kept or lost together with the detector's outputs. */
public interface WatchStore {

    /** Writes or overwrites a record. */
    void put(String key, byte[] record);

    /** Reads every record, in no order. */
    void forEach(BiConsumer<String, byte[]> reader);
}
