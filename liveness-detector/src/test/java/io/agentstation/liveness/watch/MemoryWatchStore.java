package io.agentstation.liveness.watch;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** A store in memory, for tests. */
public final class MemoryWatchStore implements WatchStore {

    final Map<String, byte[]> records = new HashMap<>();
    long writtenBytes;

    @Override
    public void put(String key, byte[] record) {
        records.put(key, record);
        writtenBytes += record.length;
    }

    @Override
    public void forEach(BiConsumer<String, byte[]> reader) {
        records.forEach(reader);
    }
}
