package io.agentstation.telemetry.availability;

import io.agentstation.contracts.liveness.AvailabilityHour;
import java.time.Instant;

/**
 * What one hour of one agent comes to, as far as it is settled.
 *
 * @param hour  since the epoch
 * @param dirty whether it has changed since it was published
 */
record Hour(long hour, long expected, long heard, long watchedMs, long stalledMs, boolean dirty) {

    static Hour empty(long hour) {
        return new Hour(hour, 0, 0, 0, 0, false);
    }

    Hour published() {
        return new Hour(hour, expected, heard, watchedMs, stalledMs, false);
    }

    Hour changed() {
        return new Hour(hour, expected, heard, watchedMs, stalledMs, true);
    }

    /** With a part of it added. */
    Hour plus(Span span, long moreExpected, long moreHeard) {
        return new Hour(
                hour,
                expected + moreExpected,
                heard + moreHeard,
                watchedMs + span.watchedMs(),
                stalledMs + span.stalledMs(),
                dirty);
    }

    /** With intervals that were held to be heard and were not. */
    Hour unheard(long heldExpected, long reallyExpected) {
        long stillHeard = Math.max(0, heard - heldExpected);
        long nowExpected = Math.max(stillHeard, expected - heldExpected + reallyExpected);
        return new Hour(hour, nowExpected, stillHeard, watchedMs, stalledMs, true);
    }

    AvailabilityHour message() {
        return new AvailabilityHour(
                Instant.ofEpochMilli(hour * ObservedTime.HOUR_MS), expected, heard, watchedMs, stalledMs);
    }
}
