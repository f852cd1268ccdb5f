package io.agentstation.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Seconds since an agent started; never negative, also when the clock is set back. */
final class Uptime {

    private final Clock clock;
    private final Instant start;

    Uptime(Clock clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Rounded to milliseconds. */
    double seconds() {
        return Math.max(0, Duration.between(start, clock.instant()).toMillis()) / 1000.0;
    }
}
