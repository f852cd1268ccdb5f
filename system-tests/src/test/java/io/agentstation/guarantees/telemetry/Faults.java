package io.agentstation.guarantees.telemetry;

import java.time.Duration;

/**
 * How long each fault lasts, and how much is sent meanwhile.
 *
 * @param outage        of Cassandra
 * @param perSecond     reports of each topic a second during it
 * @param kills         of the writer
 * @param records       of each topic among which the poison is
 * @param poison        how many of them are poison
 * @param phase         of calm, and of flood; they alternate
 * @param phases        of each
 * @param bounds        whether the bounds on time are asserted: only full lengths can carry them
 */
record Faults(
        Duration outage,
        int perSecond,
        int kills,
        int records,
        int poison,
        Duration phase,
        int phases,
        boolean bounds) {

    private static final Faults FULL =
            new Faults(Duration.ofMinutes(5), 500, 20, 500_000, 5_000, Duration.ofSeconds(60), 4, true);

    private static final Faults SHORT =
            new Faults(Duration.ofSeconds(15), 300, 2, 10_000, 100, Duration.ofSeconds(6), 1, false);

    /** As long as the issue says when {@code faults.full} is set, else shortened for every verify. */
    static Faults ofThisRun() {
        return Boolean.getBoolean("faults.full") ? FULL : SHORT;
    }
}
