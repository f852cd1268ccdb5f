package io.agentstation.liveness.watch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a table of what {@link WatchJournal} stored: each block, and on it every delta that is newer, in their order. */
final class WatchRestore {

    private record Delta(long number, ByteBuffer entries) {}

    private final WatchTable table = new WatchTable();
    private final Map<Integer, Long> blockNumbers = new HashMap<>();
    private final ChangedBlocks blocks = new ChangedBlocks();
    private final List<Delta> deltas = new ArrayList<>();
    private final long[] row = new long[WatchTable.ROW_LONGS];
    private long number;

    /**
     * What was restored.
     *
     * @param blocks which of them have changes that only deltas hold
     * @param number of the newest record, 0 when there was none
     */
    record Restored(WatchTable table, ChangedBlocks blocks, long number) {}

    private WatchRestore() {}

    /**
     * Reads the store.
     *
     * @throws IllegalStateException when it was written by a version that this one cannot read
     */
    static Restored from(WatchStore store) {
        WatchRestore restore = new WatchRestore();
        store.forEach(restore::read);
        restore.deltas.stream()
                .sorted((one, other) -> Long.compare(one.number, other.number))
                .forEach(restore::apply);
        restore.table.rebuild();
        return new Restored(restore.table, restore.blocks, restore.number);
    }

    private void read(String key, byte[] record) {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        byte version = bytes.get();
        if (version != WatchJournal.VERSION) {
            throw new IllegalStateException("the stored watch " + key + " has version " + version
                    + ", this detector reads " + WatchJournal.VERSION);
        }
        long recordNumber = bytes.getLong();
        number = Math.max(number, recordNumber);
        if (key.startsWith(WatchJournal.BLOCK_KEY)) {
            int block = Integer.parseInt(key.substring(WatchJournal.BLOCK_KEY.length()));
            blockNumbers.put(block, recordNumber);
            for (int each = block * WatchJournal.BLOCK; bytes.hasRemaining(); each++) {
                restoreRow(each, bytes);
            }
        } else {
            deltas.add(new Delta(recordNumber, bytes));
        }
    }

    private void apply(Delta delta) {
        ByteBuffer entries = delta.entries;
        long baseMs = entries.getLong();
        while (entries.hasRemaining()) {
            int entry = entries.getInt();
            int which = entry & ~WatchJournal.WHOLE_ROW;
            int block = which / WatchJournal.BLOCK;
            boolean newer = delta.number > blockNumbers.getOrDefault(block, 0L);
            if (newer) {
                blocks.changedBy(delta.number, block);
            }
            if (entry != which) {
                wholeRow(which, newer, entries);
            } else {
                heard(which, newer, baseMs, entries.getInt());
            }
        }
    }

    private void wholeRow(int which, boolean newer, ByteBuffer entries) {
        if (newer) {
            restoreRow(which, entries);
        } else {
            entries.position(entries.position() + WatchJournal.ROW_BYTES);
        }
    }

    private void heard(int which, boolean newer, long baseMs, int modeAndTime) {
        if (newer) {
            int offset = modeAndTime & ((1 << WatchJournal.TIME_BITS) - 1);
            table.heard(which, ModeBits.mode(modeAndTime >>> WatchJournal.TIME_BITS), baseMs + offset);
        }
    }

    private void restoreRow(int which, ByteBuffer bytes) {
        for (int word = 0; word < WatchTable.ROW_LONGS; word++) {
            row[word] = bytes.getLong();
        }
        table.restore(which, row);
    }
}
