package io.agentstation.store.reports;

import java.time.Instant;
import java.util.Comparator;

/**
 * Where a report lies in its agent's history. Reports that come later lie behind it, whatever is written in the meantime.
 *
 * @param appendTime when the broker appended it
 * @param offset     of its record in the agent's partition
 */
public record ReportPlace(Instant appendTime, long offset) implements Comparable<ReportPlace> {

    private static final Comparator<ReportPlace> ORDER =
            Comparator.comparing(ReportPlace::appendTime).thenComparingLong(ReportPlace::offset);

    /** The place before every report of this moment. */
    static ReportPlace startOf(Instant moment) {
        return new ReportPlace(moment, 0);
    }

    @Override
    public int compareTo(ReportPlace other) {
        return ORDER.compare(this, other);
    }
}
