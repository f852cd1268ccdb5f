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

    /** The rule of the product without its stall grace: a whole grace after each stall. */
    static SilenceRule graceAfterStalls() {
        return (last, stalls) ->
                Math.max(asWritten().deadlineMs(last, stalls), stalls.endMs() + SETTINGS.graceMs(last.mode()));
    }
}
