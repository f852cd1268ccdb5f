package io.agentstation.store.rollups;

import java.time.Duration;
import java.time.Instant;

/**
 * For how long rows are kept, counted from the append of their record: whenever a row is written, it expires at the same
 * moment.
 */
record Retention(Duration kept) {

    /** Of {@code metrics_minutes}. */
    static final Retention MINUTES = new Retention(Duration.ofDays(30));
    /** Of {@code metrics_hours} and {@code availability_hours}. */
    static final Retention HOURS = new Retention(Duration.ofDays(400));

    /** How long the row has still to live, at least a second: Cassandra takes 0 for ever. */
    int ttlSeconds(Instant appendTime, Instant now) {
        Duration age = Duration.between(appendTime, now);
        return Math.toIntExact(
                Math.max(1, Math.min(kept.toSeconds(), kept.minus(age).toSeconds())));
    }
}
