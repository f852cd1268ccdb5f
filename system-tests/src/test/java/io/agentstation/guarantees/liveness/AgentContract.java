package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.heartbeats.HeartbeatMode;

/** The numbers that agents and Station have agreed on (design section 4), written down a second time. */
final class AgentContract {

    private static final long SHORTEST_GRACE_MS = 1_000;
    private static final long LONGEST_GRACE_MS = 60_000;
    private static final long LONGEST_RETRY_GAP_MS = 2_500;

    private AgentContract() {}

    static long graceMs(HeartbeatMode mode) {
        return Math.min(Math.max(mode.interval().toMillis() / 4, SHORTEST_GRACE_MS), LONGEST_GRACE_MS);
    }

    /** The most between two attempts at one heartbeat. */
    static long longestRetryGapMs(HeartbeatMode mode) {
        return Math.min(graceMs(mode) / 2, LONGEST_RETRY_GAP_MS);
    }
}
