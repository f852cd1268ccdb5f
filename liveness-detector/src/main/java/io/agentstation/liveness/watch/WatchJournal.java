package io.agentstation.liveness.watch;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Stores a table without a record for each heartbeat (ADR 9): what changed since the last write is one small delta, 8 bytes
 * a heartbeat, in a ring of {@value #RING} keys; and blocks of {@value #BLOCK} rows are written in turn, each that changes about
 * twice while the ring goes round, so that the newest blocks and the deltas after them always make up every row.
 *
 * <p>Deltas and blocks are numbered, so that {@link WatchRestore} depends on the numbers alone, not on any order. Not
 * thread-safe.
 */
final class WatchJournal {

    static final int RING = 512;
    static final int BLOCK = 1024;

    /** First byte of every record. */
    static final byte VERSION = 1;

    static final String DELTA = "delta/";
    static final String BLOCK_KEY = "block/";
    static final int DELTA_HEADER = 1 + Long.BYTES + Long.BYTES;
    static final int BLOCK_HEADER = 1 + Long.BYTES;
    static final int ROW_BYTES = WatchTable.ROW_LONGS * Long.BYTES;

    /** Set in an entry's row number when the whole row follows; a heartbeat's mode and time otherwise. */
    static final int WHOLE_ROW = 1 << 31;

    /** A heartbeat's time is relative to its delta's, so many bits below the mode. */
    static final int TIME_BITS = 30;

    // The broker refuses records above 1 MB, and a mass death changes many rows at once.
    private static final int LARGEST_DELTA = 60_000;
    private static final long NO_TIME = -1;
    private static final int LARGEST_ENTRY = Integer.BYTES + ROW_BYTES;

    private final WatchTable table;
    private final WatchStore store;
    private final ChangedBlocks blocks;
    private final ByteBuffer delta = ByteBuffer.allocate(DELTA_HEADER + LARGEST_DELTA);
    private long baseMs;
    private long number;

    /** A journal that goes on after what was restored from the store. */
    WatchJournal(WatchRestore.Restored restored, WatchStore store) {
        this.table = restored.table();
        this.blocks = restored.blocks();
        this.number = restored.number();
        this.store = store;
        clear();
    }

    /** Whether there is anything to write. */
    boolean isEmpty() {
        return delta.position() == DELTA_HEADER;
    }

    /** The row's agent was heard. */
    void heard(int row, HeartbeatMode mode, long atMs) {
        if (baseMs == NO_TIME) {
            baseMs = atMs;
        }
        long offset = atMs - baseMs;
        if (offset < 0 || offset >= 1L << TIME_BITS) {
            changed(row);
            return;
        }
        delta.putInt(row).putInt((ModeBits.of(mode) << TIME_BITS) | (int) offset);
        noted(row);
    }

    /** Anything of the row has changed. */
    void changed(int row) {
        delta.putInt(row | WHOLE_ROW);
        putRow(delta, row);
        noted(row);
    }

    /** Stores what has changed since the last write. */
    void write() {
        if (isEmpty()) {
            return;
        }
        number++;
        delta.put(0, VERSION).putLong(1, number).putLong(1 + Long.BYTES, baseMs);
        store.put(DELTA + number % RING, Arrays.copyOf(delta.array(), delta.position()));
        clear();
        writeBlocks();
    }

    private void noted(int row) {
        blocks.changedBy(number + 1, row / BLOCK);
        if (delta.remaining() < LARGEST_ENTRY) {
            write();
        }
    }

    private void writeBlocks() {
        blocks.advance();
        for (int due = blocks.takeDue(number); due != WatchTable.NONE; due = blocks.takeDue(number)) {
            store.put(BLOCK_KEY + due, block(due));
        }
    }

    private byte[] block(int which) {
        int first = which * BLOCK;
        int last = Math.min(first + BLOCK, table.rows());
        ByteBuffer block = ByteBuffer.allocate(BLOCK_HEADER + (last - first) * ROW_BYTES);
        block.put(VERSION).putLong(number);
        for (int row = first; row < last; row++) {
            putRow(block, row);
        }
        return block.array();
    }

    private void putRow(ByteBuffer to, int row) {
        for (int word = 0; word < WatchTable.ROW_LONGS; word++) {
            to.putLong(table.word(row, word));
        }
    }

    private void clear() {
        delta.clear().position(DELTA_HEADER);
        baseMs = NO_TIME;
    }
}
