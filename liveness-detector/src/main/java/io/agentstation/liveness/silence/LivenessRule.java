package io.agentstation.liveness.silence;

import io.agentstation.contracts.ticks.Stalls;

/**
 * The rule of design section 4: one missed interval and its grace, where time in which nobody could have been heard
 * does not count.
 *
 * <p>After a short stall an agent that keeps the contract has tried again within the stall grace, which is short enough
 * to pass between stalls that come close together. In an outage it may have begun to try less often, or have given up
 * that heartbeat, so it gets a whole interval, unless its next heartbeat was not due before the outage ended.
 */
public final class LivenessRule implements SilenceRule {

    private final LivenessSettings settings;

    public LivenessRule(LivenessSettings settings) {
        this.settings = settings;
    }

    @Override
    public long deadlineMs(LastHeartbeat last, Stalls stalls) {
        long interval = settings.intervalMs(last.mode());
        long grace = settings.graceMs(last.mode());
        long deadline = Math.max(last.atMs() + interval + grace, stalls.endMs() + settings.stallGraceMs(last.mode()));
        return stalls.longEndMs() >= last.atMs() + interval - grace
                ? Math.max(deadline, stalls.longEndMs() + interval + grace)
                : deadline;
    }
}
