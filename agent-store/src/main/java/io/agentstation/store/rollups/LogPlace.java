package io.agentstation.store.rollups;

import java.time.Instant;

/**
 * Where a record lies in its partition of the log.
 *
 * @param appendTime when the broker appended it
 * @param offset     in its partition
 */
public record LogPlace(Instant appendTime, long offset) {

    private static final int PER_MILLISECOND = 1_000;

    /**
     * The write timestamp: the append time in microseconds, as TWCS wants it to find a row's window, with the offset modulo
     * 1,000 as the microseconds within the millisecond. Two records of one window in one millisecond keep their order
     * unless a multiple of 1,000 lies between their offsets; then the older one stays until the window is written again.
     * Roll-ups publish a window at most once in a commit interval, which is far above a millisecond.
     */
    long microseconds() {
        return appendTime.toEpochMilli() * PER_MILLISECOND + offset % PER_MILLISECOND;
    }
}
