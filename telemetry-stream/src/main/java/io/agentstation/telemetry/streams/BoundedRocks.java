package io.agentstation.telemetry.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One budget of memory for all RocksDB stores of the process, whatever their number: blocks, indexes, filters and what is not
 * flushed yet share it. By default each store would have 50 MB of cache and 48 MB of write buffers of its own, and every
 * partition has several.
 */
public final class BoundedRocks implements RocksDBConfigSetter {

    /** Of the whole process, in bytes. */
    static final long BUDGET = 64L << 20;

    private static final long WRITE_BUFFERS = BUDGET / 4;
    private static final long WRITE_BUFFER = 1L << 20;
    private static final int MOST_WRITE_BUFFERS = 2;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.WRITES);
        options.setWriteBufferSize(WRITE_BUFFER);
        options.setMaxWriteBufferNumber(MOST_WRITE_BUFFERS);
    }

    /** Closes nothing: what the stores share lives as long as the process. */
    @Override
    public void close(String storeName, Options options) {}

    private static final class Shared {

        static final Cache CACHE = new LRUCache(BUDGET);
        static final WriteBufferManager WRITES = new WriteBufferManager(WRITE_BUFFERS, CACHE);
    }
}
