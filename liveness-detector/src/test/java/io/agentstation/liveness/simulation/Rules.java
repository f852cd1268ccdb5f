package io.agentstation.liveness.simulation;

import io.agentstation.liveness.silence.LivenessRule;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;

/** Rules that were considered, as doubles of the one that was taken. */
final class Rules {

    static final LivenessSettings SETTINGS = LivenessSettings.defaults();

    private Rules() {}

    /** The rule of the product. */
    static SilenceRule asWritten() {
        return new LivenessRule(SETTINGS);
    }

    /** Goes by the time of the log, but takes no account of stalls. */
    static SilenceRule absoluteLogTime() {
        return (last, stalls) -> last.atMs() + SETTINGS.intervalMs(last.mode()) + SETTINGS.graceMs(last.mode());
    }

    /** Goes by a clock that stands still while nobody ticks for longer than a long stall. */
    static SilenceRule frozenClock(StallHistory history) {
        return (last, stalls) -> absoluteLogTime().deadlineMs(last, stalls) + history.outageSince(last.atMs());
    }

    /**
     * The rule of the product, but no agent gets more than this after a stall. Safe for agents that try again at most
     * half as far apart, however they draw their pauses.
     */
    static SilenceRule atMostAfterStalls(long mostMs) {
        return (last, stalls) -> {
            long interval = SETTINGS.intervalMs(last.mode());
            long grace = SETTINGS.graceMs(last.mode());
            long due = last.atMs() + interval;
            long deadline = Math.max(due + grace, stalls.endMs() + Math.min(grace, mostMs));
            return stalls.longEndMs() >= due - grace
                    ? Math.max(deadline, stalls.longEndMs() + interval + grace)
                    : deadline;
        };
    }

    /**
     * The rule of the product, where stalls that come closer together than a grace no longer protect for ever: so many
     * graces without a stall since the heartbeat was due, taken together, prove silence as well as one in a row. Safe
     * only for agents that draw every pause anew.
     */
    static SilenceRule cumulated(StallHistory history, int graces) {
        return (last, stalls) -> {
            long interval = SETTINGS.intervalMs(last.mode());
            long grace = SETTINGS.graceMs(last.mode());
            long due = last.atMs() + interval;
            long deadline = due + grace;
            if (stalls.endMs() > due) {
                long together = due + graces * grace + history.stalledSince(due);
                deadline = Math.min(stalls.endMs() + grace, Math.max(deadline, together));
            }
            return stalls.longEndMs() >= due - grace
                    ? Math.max(deadline, stalls.longEndMs() + interval + grace)
                    : deadline;
        };
    }
}
