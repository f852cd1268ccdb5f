package io.agentstation.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Seconds since an agent started; never negative, also when the clock is set back. Guarded by the loop's lock. */
final class Uptime {

    private final Clock clock;
    private Instant start;

    Uptime(Clock clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Counts from now on. */
    void restart() {
        start = clock.instant();
    }

    /** Rounded to milliseconds. */
    double seconds() {
        return Math.max(0, Duration.between(start, clock.instant()).toMillis()) / 1000.0;
    }
}
