package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.heartbeats.HeartbeatMode;

/** The numbers that agents and Station have agreed on (design section 4), written down a second time. */
final class AgentContract {

    private static final long SHORTEST_GRACE_MS = 1_000;
    private static final long LONGEST_GRACE_MS = 60_000;

    private static final long LONGEST_STALL_GRACE_MS = 5_000;

    /** While a stall may still be a short one. */
    private static final long IMPATIENT_FOR_MS = 15_000;

    private static final long IMPATIENT_GAP_MS = 2_500;

    private AgentContract() {}

    static long graceMs(HeartbeatMode mode) {
        return Math.min(Math.max(mode.interval().toMillis() / 4, SHORTEST_GRACE_MS), LONGEST_GRACE_MS);
    }

    /** What an agent is granted after a short stall. */
    static long stallGraceMs(HeartbeatMode mode) {
        return Math.min(graceMs(mode), LONGEST_STALL_GRACE_MS);
    }

    /**
     * The most between two attempts at one heartbeat, of which the earlier began so long after the first. Once more in each
     * interval, when a heartbeat is due, it is the shorter one; a heartbeat may come a tenth of an interval early.
     */
    static long longestRetryGapMs(HeartbeatMode mode, long tryingForMs) {
        long halfAGrace = graceMs(mode) / 2;
        long intervalMs = mode.interval().toMillis();
        boolean impatient = tryingForMs % intervalMs < IMPATIENT_FOR_MS + intervalMs / 10;
        return impatient ? Math.min(halfAGrace, IMPATIENT_GAP_MS) : halfAGrace;
    }
}
