package io.agentstation.webhooks.lanes;

import java.time.Duration;
import java.util.Optional;

/** How quickly attempts at one endpoint follow each other, by how the last ones went. Guarded by its gate. */
final class EndpointPace {

    private static final int FEW = 32;
    private static final Duration SOON = Duration.ofSeconds(2);
    // Half of the attempts may fail, by chance: so many in a row then are one in a million.
    private static final int DOWN_AFTER = 20;
    private static final Duration REST = Duration.ofSeconds(1);

    private int failedInARow;
    private Duration lastTook = Duration.ZERO;

    /** Notes that an attempt has not been answered for this long. */
    void unansweredFor(Duration time) {
        lastTook = time;
    }

    /**
     * Notes the end of an attempt.
     *
     * @return for how long no other begins in its place; empty when one may at once
     */
    Optional<Duration> ended(boolean delivered, Duration latency) {
        failedInARow = delivered ? 0 : failedInARow + 1;
        boolean rests = failedInARow >= DOWN_AFTER && latency.compareTo(REST) < 0;
        lastTook = rests ? REST : latency;
        return rests ? Optional.of(REST.minus(latency)) : Optional.empty();
    }

    /** How many of those that wait will begin within two seconds, so many at a time; never below a few. */
    long soon(int atATime) {
        return Math.max(FEW, atATime * SOON.toMillis() / Math.max(1, lastTook.toMillis()));
    }
}
