package io.agentstation.store.agents;

/**
 * The write timestamps of projected columns. Cassandra keeps the cell with the highest timestamp, so a projection that is
 * replayed, late or doubled changes nothing.
 */
public final class ProjectionClock {

    /** Of the gateway's early row: below every projection, which therefore replaces it. */
    public static final long EARLY = 0;

    private static final int OFFSET_BITS = 20;

    private ProjectionClock() {}

    /** Of a lifecycle event: its sequence, from 1. */
    public static long ofSequence(long sequence) {
        return sequence;
    }

    /** Of a specification: the offset of the command that led to it, plus one, so that offset 0 is above the early row. */
    public static long ofAppliedOffset(long appliedOffset) {
        return appliedOffset + 1;
    }

    /**
     * Of a record: its log-append time, then its offset, since records of one millisecond must keep their order and with
     * equal timestamps Cassandra would keep the lexically largest value and not the last. The offset counts modulo 2^20, so
     * that the order holds unless one agent's records straddle a multiple of that within one millisecond (with microseconds
     * and modulo 1,000 that happened every thousand records); good until the year 2248.
     */
    public static long ofRecord(long appendTimeMs, long offset) {
        return (appendTimeMs << OFFSET_BITS) | (offset & ((1L << OFFSET_BITS) - 1));
    }
}
