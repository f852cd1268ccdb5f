package io.agentstation.store.reports;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of an agent's history: begins as all that is kept ({@link ReportHistory#kept}) and can only be narrowed, so that
 * nobody reads past retention, where Cassandra still has the tombstones of what has expired.
 */
public final class ReportSlice {

    /** How far the broker's clock may run before ours without hiding its newest reports. */
    private static final Duration AHEAD = Duration.ofMinutes(10);

    private final Instant from;
    private final ReportPlace end;

    private ReportSlice(Instant from, ReportPlace end) {
        this.from = from;
        this.end = end;
    }

    static ReportSlice kept(Instant now, Duration retention) {
        return new ReportSlice(now.minus(retention), ReportPlace.startOf(now.plus(AHEAD)));
    }

    /** Those of it that were appended at this moment or later. */
    public ReportSlice since(Instant moment) {
        return moment.isAfter(from) ? new ReportSlice(moment, end) : this;
    }

    /** Those of it that were appended before this moment. */
    public ReportSlice until(Instant moment) {
        return before(ReportPlace.startOf(moment));
    }

    /** Those of it that lie before this place. */
    public ReportSlice before(ReportPlace place) {
        return place.compareTo(end) < 0 ? new ReportSlice(from, place) : this;
    }

    /** The first moment. */
    Instant from() {
        return from;
    }

    /** Behind the last place. */
    ReportPlace end() {
        return end;
    }

    /** The days that it touches, in UTC, newest first. */
    List<LocalDate> days() {
        // A table knows milliseconds: nothing lies between this moment and the end.
        LocalDate newest = ReportDay.dayOf(
                end.offset() > 0 ? end.appendTime() : end.appendTime().minusMillis(1));
        LocalDate oldest = ReportDay.dayOf(from);
        return Stream.iterate(newest, day -> !day.isBefore(oldest), day -> day.minusDays(1))
                .toList();
    }
}
