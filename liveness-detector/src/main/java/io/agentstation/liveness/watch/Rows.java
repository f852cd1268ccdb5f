package io.agentstation.liveness.watch;

import java.util.Arrays;

/** Numbered rows of four longs in one array; the number of a row that was released is given out again. */
final class Rows {

    /** Longs of a row. */
    static final int WIDTH = 4;

    private static final int FIRST_ROWS = 64;

    private long[] longs = new long[FIRST_ROWS * WIDTH];
    private int count;
    private int[] free = new int[0];
    private int freeCount;

    /** One more than the highest number that was ever given out. */
    int count() {
        return count;
    }

    /** How many are not released. */
    int used() {
        return count - freeCount;
    }

    int take() {
        int row = freeCount > 0 ? free[--freeCount] : count;
        reach(row);
        return row;
    }

    void release(int row) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Math.max(FIRST_ROWS, free.length * 2));
        }
        free[freeCount++] = row;
    }

    /** Sees to it that there is a row of this number. */
    void reach(int row) {
        count = Math.max(count, row + 1);
        int needed = count * WIDTH;
        if (needed > longs.length) {
            longs = Arrays.copyOf(longs, Math.max(needed, longs.length + longs.length / 2));
        }
    }

    long get(int row, int which) {
        return longs[row * WIDTH + which];
    }

    void set(int row, int which, long value) {
        longs[row * WIDTH + which] = value;
    }
}
