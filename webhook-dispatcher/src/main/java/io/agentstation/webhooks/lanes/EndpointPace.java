package io.agentstation.webhooks.lanes;

import java.time.Duration;
import java.util.Optional;

/** How quickly attempts at one endpoint follow each other, by how the last ones went. Guarded by its gate. */
final class EndpointPace {

    private static final int FEW = 32;
    private static final Duration SOON = Duration.ofSeconds(2);
    // Half of the attempts may fail, by chance: so many in a row then are one in a million.
    private static final int DOWN_AFTER = 20;
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);
    private static final int DOUBLES_AFTER = 10;
    // One that refuses at once will rest soon: what is read for it in the meantime is read in vain.
    private static final Duration SHORTEST_FAILURE = Duration.ofMillis(100);

    // An endpoint that answers again finds what waits for it within so long.
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);

    private int failedInARow;
    private Duration lastTook = Duration.ZERO;

    /** Notes that an attempt has not been answered for this long. */
    void unansweredFor(Duration time) {
        lastTook = time;
    }

    /** Notes a delivery. */
    void delivered(Duration latency) {
        failedInARow = 0;
        lastTook = latency;
    }

    /**
     * Notes a failure.
     *
     * @return for how long no other begins in its place; empty when one may at once
     */
    Optional<Duration> failed(Duration latency) {
        failedInARow++;
        Duration left = rest().minus(latency);
        boolean rests = !left.isNegative() && !left.isZero();
        Duration counted = latency.compareTo(SHORTEST_FAILURE) > 0 ? latency : SHORTEST_FAILURE;
        lastTook = rests ? rest() : counted;
        return rests ? Optional.of(left) : Optional.empty();
    }

    private Duration rest() {
        if (failedInARow < DOWN_AFTER) {
            return Duration.ZERO;
        }
        int doublings = Math.min(Integer.SIZE / 2, (failedInARow - DOWN_AFTER) / DOUBLES_AFTER);
        Duration rest = FIRST_REST.multipliedBy(1L << doublings);
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }

    /** How long so many attempts take, so many at a time: one to ten seconds. */
    Duration timeFor(int attempts, int atATime) {
        Duration time = lastTook.multipliedBy(attempts).dividedBy(atATime);
        if (time.compareTo(LEAST_PATIENCE) < 0) {
            return LEAST_PATIENCE;
        }
        return time.compareTo(MOST_PATIENCE) < 0 ? time : MOST_PATIENCE;
    }

    /** How many of those that wait will begin within two seconds, so many at a time; never below a few. */
    long soon(int atATime) {
        return Math.max(FEW, atATime * SOON.toMillis() / Math.max(1, lastTook.toMillis()));
    }
}
