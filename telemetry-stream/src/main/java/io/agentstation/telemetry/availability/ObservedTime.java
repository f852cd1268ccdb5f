package io.agentstation.telemetry.availability;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The time of one partition in which somebody could have been heard: log time without the stalls of the ingest path. It
 * stands still while a stall lasts and before the first tick. All times are milliseconds; moments are log time since the
 * epoch. Not thread-safe.
 */
final class ObservedTime {

    /** Length of an hour. */
    static final long HOUR_MS = 3_600_000;
    /** For how many hours back moments can be found: longer than heartbeats are retained. */
    static final int HOURS_KEPT = 7 * 24;

    /**
     * Where it stands.
     *
     * @param nowMs      the newest tick or farewell, before the first the moment of the first record
     * @param observedMs how much was observed until then
     * @param stalled    whether a stall lasts
     */
    record Reading(long nowMs, long observedMs, boolean stalled) {}

    private final long thresholdMs;
    private final NavigableMap<Long, Long> hourStarts = new TreeMap<>();
    private Reading reading = new Reading(0, 0, true);

    /**
     * Begins before the first record.
     *
     * @param thresholdMs a time without ticks that is longer is a stall
     */
    ObservedTime(long thresholdMs) {
        this.thresholdMs = thresholdMs;
    }

    void restore(Reading stored) {
        reading = stored;
    }

    void restoreHour(long hour, long observedMs) {
        hourStarts.put(hour, observedMs);
    }

    Reading reading() {
        return reading;
    }

    static long hourOf(long atMs) {
        return Math.floorDiv(atMs, HOUR_MS);
    }

    /** A record was read: time begins with the first of them. */
    void begin(long atMs) {
        if (reading.nowMs == 0) {
            reading = new Reading(atMs, 0, true);
        }
    }

    /**
     * Moves on to a tick or farewell.
     *
     * @param wasStalled whether the time until then was stalled
     * @param stalled    whether it still is
     * @return the starts of the hours that were passed, with what was observed until each
     */
    Map<Long, Long> advance(long toMs, boolean wasStalled, boolean stalled) {
        NavigableMap<Long, Long> passed = new TreeMap<>();
        long last = hourOf(toMs);
        for (long hour = Math.max(hourOf(reading.nowMs) + 1, last - HOURS_KEPT); hour <= last; hour++) {
            passed.put(hour, reading.observedMs + (wasStalled ? 0 : hour * HOUR_MS - reading.nowMs));
        }
        hourStarts.putAll(passed);
        reading = new Reading(toMs, reading.observedMs + (wasStalled ? 0 : toMs - reading.nowMs), stalled);
        return passed;
    }

    /** The hours that are too old to be asked for; they are forgotten. */
    Iterable<Long> takeOld() {
        NavigableMap<Long, Long> old = hourStarts.headMap(hourOf(reading.nowMs) - HOURS_KEPT, false);
        var hours = java.util.List.copyOf(old.keySet());
        old.clear();
        return hours;
    }

    /** The oldest hour of which is known what was observed until its start; the newest hour if none is. */
    long oldestHour() {
        return hourStarts.isEmpty() ? hourOf(reading.nowMs) : hourStarts.firstKey();
    }

    /**
     * How much was observed until a moment. After the newest tick it goes on for as long as no stall can be seen, although
     * the next tick may show one: that is off by the threshold at most. Within an earlier hour a stall counts as if it
     * had come at the hour's beginning.
     */
    long at(long atMs) {
        if (atMs >= reading.nowMs) {
            long since = atMs - reading.nowMs;
            return reading.observedMs + (reading.stalled || since > thresholdMs ? 0 : since);
        }
        Map.Entry<Long, Long> before = hourStarts.floorEntry(hourOf(atMs));
        Map.Entry<Long, Long> next = hourStarts.higherEntry(hourOf(atMs));
        long nextMs = next == null ? reading.nowMs : next.getKey() * HOUR_MS;
        long nextObserved = next == null ? reading.observedMs : next.getValue();
        return Math.max(before == null ? 0 : before.getValue(), nextObserved - (nextMs - atMs));
    }

    /** How much was observed until the start of an hour. */
    long atStartOf(long hour) {
        Long known = hourStarts.get(hour);
        return known == null ? at(hour * HOUR_MS) : known;
    }
}
