package io.agentstation.liveness.simulation;

import java.util.Arrays;

/** What happens next, in the order of time: a binary heap of primitive keys, because there are tens of millions. */
final class EventHeap {

    private static final int ID_BITS = 20;
    private static final long ID_MASK = (1 << ID_BITS) - 1;

    private long[] keys = new long[1024];
    private int size;

    /** Something happens to this one at this time. */
    void push(long atMs, int id) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
        }
        long key = atMs << ID_BITS | id;
        int hole = size++;
        while (hole > 0 && keys[(hole - 1) / 2] > key) {
            keys[hole] = keys[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        keys[hole] = key;
    }

    /** Takes the earliest; its parts are {@link #atMs} and {@link #id}. */
    long pop() {
        long first = keys[0];
        long last = keys[--size];
        int hole = 0;
        for (int child = 1; child < size; child = 2 * hole + 1) {
            int least = child + 1 < size && keys[child + 1] < keys[child] ? child + 1 : child;
            if (keys[least] >= last) {
                break;
            }
            keys[hole] = keys[least];
            hole = least;
        }
        keys[hole] = last;
        return first;
    }

    boolean isEmpty() {
        return size == 0;
    }

    static long atMs(long key) {
        return key >>> ID_BITS;
    }

    static int id(long key) {
        return (int) (key & ID_MASK);
    }
}
