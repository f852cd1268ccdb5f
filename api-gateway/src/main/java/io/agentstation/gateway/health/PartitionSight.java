package io.agentstation.gateway.health;

import io.agentstation.contracts.liveness.DetectorReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the detector's reports of one partition come to. A report proves when it is not stalled and its log time moves on: one
 * that comes again, or from an earlier run, does not. How old a proof is, is told by its arrival here.
 */
final class PartitionSight {

    /** A moment, by the clock that measures and the one that people read. */
    record Moment(long nanos, Instant wall) {
        boolean isAtLeast(Duration age, Moment now) {
            return now.nanos - nanos >= age.toNanos();
        }

        Moment later(@Nullable Moment other) {
            return other == null || other.nanos - nanos < 0 ? this : other;
        }
    }

    /**
     * No proof for too long.
     *
     * @param reporting whether reports come, and only prove nothing
     */
    record Blind(int partition, Instant since, boolean reporting) {}

    private final int partition;
    private @Nullable DetectorReport newest;
    private @Nullable Moment heard;
    private @Nullable Moment proven;

    PartitionSight(int partition) {
        this.partition = partition;
    }

    void take(DetectorReport report, Moment now) {
        DetectorReport before = newest;
        if (before != null && report.at().isBefore(before.at())) {
            return;
        }
        boolean movesOn = before == null || report.at().isAfter(before.at());
        newest = report;
        heard = now;
        if (movesOn && report.stalledSince() == null) {
            proven = now;
        }
    }

    /** Whether there was a proof, however long ago. */
    boolean hasProven() {
        return proven != null;
    }

    /** The blindness, when there is one: no proof for so long, counted from {@code begun} when there was none since. */
    Optional<Blind> blind(Duration after, Moment begun, Moment now) {
        Moment last = begun.later(proven);
        if (!last.isAtLeast(after, now)) {
            return Optional.empty();
        }
        Instant stalledSince = newest == null ? null : newest.stalledSince();
        boolean reporting = heard != null && !heard.isAtLeast(after, now);
        return Optional.of(new Blind(partition, stalledSince == null ? last.wall() : stalledSince, reporting));
    }
}
