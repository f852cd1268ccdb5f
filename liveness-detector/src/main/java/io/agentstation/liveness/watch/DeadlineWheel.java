package io.agentstation.liveness.watch;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * When to look at which row again: a hashed timing wheel (Varghese and Lauck, 1987) of 16,384 slots of 64 ms, re-armed
 * lazily. Each row has at most one entry that counts, in the slot of its deadline or an earlier one; what lies beyond the
 * wheel's 17 minutes lies in its last slot. A deadline that moves on leaves the wheel alone.
 *
 * <p>Whether a row is taken depends on its deadline and the time alone, never on the slot its entry lies in: a restart
 * moves entries. Not thread-safe.
 */
final class DeadlineWheel {

    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << 14;
    private static final int MASK = SLOTS - 1;
    private static final int FIRST_ENTRIES = 4;
    /** Later than any slot: the row has no entry. */
    private static final long UNARMED = Long.MAX_VALUE;

    private static final int[] NO_ENTRIES = {};

    private final IntToLongFunction dueMs;
    private final int[][] entries = new int[SLOTS][];
    private final int[] counts = new int[SLOTS];
    private long[] armed = new long[0];
    private int armedCount;

    /** The slot that is being emptied; earlier ones are empty. */
    private long cursor;

    /** In the slot that a time lies in, the entries from here on were looked at for that time. */
    private int scanned;

    private long scannedForMs = Long.MIN_VALUE;

    /**
     * A wheel that starts at a time.
     *
     * @param dueMs a row's deadline now, {@link WatchTable#NEVER} for none; it may get later by itself, but whatever makes
     *     it earlier must arm the row
     */
    DeadlineWheel(long startMs, IntToLongFunction dueMs) {
        this.cursor = slot(startMs);
        this.dueMs = dueMs;
        Arrays.fill(entries, NO_ENTRIES);
    }

    /** How many rows have an entry. */
    int size() {
        return armedCount;
    }

    /** Sees to it that the row is looked at no later than at its deadline. */
    void arm(int row) {
        ensure(row);
        long due = dueMs.applyAsLong(row);
        long slot = due == WatchTable.NEVER ? UNARMED : Math.min(Math.max(slot(due), cursor), cursor + MASK);
        if (slot < armed[row]) {
            armedCount += armed[row] == UNARMED ? 1 : 0;
            armed[row] = slot;
            append(slot, row);
        }
    }

    /** Looks at the row no more until it is armed again. */
    void disarm(int row) {
        if (row < armed.length && armed[row] != UNARMED) {
            armed[row] = UNARMED;
            armedCount--;
        }
    }

    /** Takes a row whose deadline is before this time; {@link WatchTable#NONE} when there is none. Times never go back. */
    int takeBefore(long nowMs) {
        long current = slot(nowMs);
        if (current - cursor > SLOTS) {
            restartAt(current);
        }
        while (cursor < current) {
            int row = pop();
            if (row == WatchTable.NONE) {
                cursor++;
            } else if (dueMs.applyAsLong(row) < nowMs) {
                return row;
            } else {
                arm(row);
            }
        }
        return cursor > current ? WatchTable.NONE : scan(nowMs);
    }

    private int pop() {
        int at = (int) cursor & MASK;
        while (counts[at] > 0) {
            int row = entries[at][--counts[at]];
            if (armed[row] == cursor) {
                disarm(row);
                return row;
            }
        }
        entries[at] = NO_ENTRIES;
        return WatchTable.NONE;
    }

    // Of the slot that the time lies in, only a part is due; the rest stays.
    private int scan(long nowMs) {
        int at = (int) cursor & MASK;
        if (nowMs != scannedForMs) {
            scannedForMs = nowMs;
            scanned = counts[at];
        }
        while (scanned > 0) {
            int row = entries[at][--scanned];
            boolean valid = armed[row] == cursor;
            boolean due = valid && dueMs.applyAsLong(row) < nowMs;
            if (due || !valid) {
                entries[at][scanned] = entries[at][--counts[at]];
            }
            if (due) {
                disarm(row);
                return row;
            }
        }
        return WatchTable.NONE;
    }

    // So long after the last time that every slot has come round.
    private void restartAt(long slot) {
        Arrays.fill(entries, NO_ENTRIES);
        Arrays.fill(counts, 0);
        cursor = slot;
        scannedForMs = Long.MIN_VALUE;
        for (int row = 0; row < armed.length; row++) {
            if (armed[row] != UNARMED) {
                disarm(row);
                arm(row);
            }
        }
    }

    private void append(long slot, int row) {
        int at = (int) slot & MASK;
        int[] list = entries[at];
        if (counts[at] == list.length) {
            list = Arrays.copyOf(list, Math.max(FIRST_ENTRIES, list.length * 2));
        }
        list[counts[at]++] = row;
        entries[at] = list;
    }

    private void ensure(int row) {
        int before = armed.length;
        if (row >= before) {
            armed = Arrays.copyOf(armed, Math.max(row + 1, before + before / 2));
            Arrays.fill(armed, before, armed.length, UNARMED);
        }
    }

    private static long slot(long ms) {
        return ms >> SLOT_BITS;
    }
}
