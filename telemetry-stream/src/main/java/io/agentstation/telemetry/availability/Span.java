package io.agentstation.telemetry.availability;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a stretch of watched time that lies in one hour.
 *
 * @param hour         since the epoch
 * @param watchedMs    its length in log time
 * @param stalledMs    how much of that was stalled
 * @param fromObserved observed time at its start
 * @param toObserved   observed time at its end
 */
record Span(long hour, long watchedMs, long stalledMs, long fromObserved, long toObserved) {

    /** A moment: log time, and the observed time that belongs to it. */
    record Moment(long atMs, long observedMs) {}

    /** Cuts a stretch into hours; hours too old to be known are left out. */
    static List<Span> cut(Moment from, Moment to, ObservedTime time) {
        List<Span> spans = new ArrayList<>();
        long first = Math.max(ObservedTime.hourOf(from.atMs), time.oldestHour() - 1);
        long last = ObservedTime.hourOf(to.atMs);
        for (long hour = first; hour <= last; hour++) {
            long startMs = Math.max(hour * ObservedTime.HOUR_MS, from.atMs);
            long endMs = Math.min((hour + 1) * ObservedTime.HOUR_MS, to.atMs);
            long start = startMs == from.atMs ? from.observedMs : Math.max(from.observedMs, time.atStartOf(hour));
            long end = endMs == to.atMs ? to.observedMs : Math.min(to.observedMs, time.atStartOf(hour + 1));
            long watched = Math.max(0, endMs - startMs);
            long observed = Math.max(0, Math.min(watched, end - start));
            spans.add(new Span(hour, watched, watched - observed, start, Math.max(start, end)));
        }
        return spans;
    }

    /** How many intervals end in it that are laid end to end from this moment of observed time. */
    long intervals(long anchorMs, long intervalMs) {
        return Math.floorDiv(toObserved - anchorMs, intervalMs) - Math.floorDiv(fromObserved - anchorMs, intervalMs);
    }
}
