package io.agentstation.liveness.watch;

import java.util.Arrays;

/**
 * Since which delta each block has changes that only deltas hold, and which block has to be written next so that no delta
 * that is still needed is overwritten when the ring comes round. Not thread-safe.
 */
final class ChangedBlocks {

    private static final long UNCHANGED = Long.MAX_VALUE;

    private long[] since = new long[0];
    private int changed;

    /** Blocks are written at this pace: as much as it takes to write each twice while the ring goes round. */
    private int credit = WatchJournal.RING;

    /** The delta with this number, or an earlier one, changes the block. */
    void changedBy(long delta, int block) {
        if (block >= since.length) {
            int before = since.length;
            since = Arrays.copyOf(since, block + 1 + before / 2);
            Arrays.fill(since, before, since.length, UNCHANGED);
        }
        if (since[block] == UNCHANGED) {
            changed++;
        }
        since[block] = Math.min(since[block], delta);
    }

    /** One more delta is written; blocks may be due. */
    void advance() {
        credit += 2 * changed;
    }

    /** A block to be written now that the newest delta has this number, or {@link WatchTable#NONE}. */
    int takeDue(long newest) {
        int oldest = oldest();
        if (oldest == WatchTable.NONE) {
            credit = Math.min(credit, WatchJournal.RING);
            return oldest;
        }
        // The next delta takes the place of the one that is as old as the ring is long.
        boolean must = newest + 1 - since[oldest] >= WatchJournal.RING;
        if (!must && credit < WatchJournal.RING) {
            return WatchTable.NONE;
        }
        credit = Math.max(0, credit - WatchJournal.RING);
        since[oldest] = UNCHANGED;
        changed--;
        return oldest;
    }

    private int oldest() {
        int oldest = WatchTable.NONE;
        for (int block = 0; changed > 0 && block < since.length; block++) {
            if (since[block] != UNCHANGED && (oldest == WatchTable.NONE || since[block] < since[oldest])) {
                oldest = block;
            }
        }
        return oldest;
    }
}
