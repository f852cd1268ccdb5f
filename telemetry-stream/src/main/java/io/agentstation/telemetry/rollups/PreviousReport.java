package io.agentstation.telemetry.rollups;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What an agent's request rate is counted from.
 *
 * @param requestsHandled as reported
 * @param atMs            log-append time, epoch milliseconds
 */
record PreviousReport(long requestsHandled, long atMs) {

    /** An agent that has not reported for longer is as one that never did. */
    static final Duration REMEMBERED = Duration.ofHours(6);

    /**
     * Requests a second from this report to a later one. A smaller counter means that the agent was restarted: it counted
     * from 0. Empty when no time has passed between them, or too much.
     */
    OptionalDouble rateUntil(PreviousReport later) {
        long elapsedMs = later.atMs - atMs;
        if (elapsedMs <= 0 || elapsedMs > REMEMBERED.toMillis()) {
            return OptionalDouble.empty();
        }
        long handled = later.requestsHandled < requestsHandled
                ? later.requestsHandled
                : later.requestsHandled - requestsHandled;
        return OptionalDouble.of(handled * 1_000.0 / elapsedMs);
    }
}
