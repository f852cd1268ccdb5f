package io.agentstation.provisioner.reconciliation;

import java.time.Duration;

/** How long to wait between attempts: after a failure, and while a removal goes on. */
public record RetryPace(Backoff failure, Backoff removal) {

    private static final Duration REMOVAL_LONGEST = Duration.ofSeconds(5);

    /** Failures from the first wait, doubling, up to the longest; removals from 200 ms up to 5 s. */
    public static RetryPace of(Duration first, Duration longest) {
        return new RetryPace(new Backoff(first, 2, longest), new Backoff(Duration.ofMillis(200), 1.5, REMOVAL_LONGEST));
    }
}
