package io.agentstation.liveness.watch;

import java.util.Arrays;

/**
 * Finds the row of an agent by its 128 bits: open addressing with linear probing, at most two thirds full (Knuth, The Art
 * of Computer Programming 3, 6.4, algorithms L and R). It keeps row numbers only; the bits are in the rows themselves.
 */
final class AgentIndex {

    /** The bits of a row's agent. */
    interface Keys {

        long high(int row);

        long low(int row);
    }

    private static final int SMALLEST = 16;
    private static final int EMPTY = -1;

    private final Keys keys;
    private int[] slots = empty(SMALLEST);
    private int size;

    AgentIndex(Keys keys) {
        this.keys = keys;
    }

    /** The agent's row, or {@link WatchTable#NONE}. */
    int find(long high, long low) {
        int mask = slots.length - 1;
        for (int at = hash(high, low) & mask; slots[at] != EMPTY; at = (at + 1) & mask) {
            int row = slots[at];
            if (keys.low(row) == low && keys.high(row) == high) {
                return row;
            }
        }
        return WatchTable.NONE;
    }

    /** Adds a row whose agent is not there yet. */
    void add(int row) {
        if (3L * (size + 1) > 2L * slots.length) {
            grow();
        }
        place(row);
        size++;
    }

    /** Removes a row that is there; those behind it close the gap, so that no probe ends too soon. */
    void remove(int row) {
        int mask = slots.length - 1;
        int gap = home(row);
        while (slots[gap] != row) {
            gap = (gap + 1) & mask;
        }
        for (int at = (gap + 1) & mask; slots[at] != EMPTY; at = (at + 1) & mask) {
            int distance = (at - home(slots[at])) & mask;
            if (distance >= ((at - gap) & mask)) {
                slots[gap] = slots[at];
                gap = at;
            }
        }
        slots[gap] = EMPTY;
        size--;
    }

    private void grow() {
        int[] old = slots;
        slots = empty(old.length * 2);
        for (int row : old) {
            if (row != EMPTY) {
                place(row);
            }
        }
    }

    private void place(int row) {
        int mask = slots.length - 1;
        int at = home(row);
        while (slots[at] != EMPTY) {
            at = (at + 1) & mask;
        }
        slots[at] = row;
    }

    private int home(int row) {
        return hash(keys.high(row), keys.low(row)) & (slots.length - 1);
    }

    // The finalizer of MurmurHash3 (Appleby). In a UUIDv7 the high bits are a clock, the low ones are random.
    private static int hash(long high, long low) {
        long mixed = low ^ Long.rotateLeft(high, 32);
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (int) (mixed ^ (mixed >>> 33));
    }

    private static int[] empty(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, EMPTY);
        return slots;
    }
}
