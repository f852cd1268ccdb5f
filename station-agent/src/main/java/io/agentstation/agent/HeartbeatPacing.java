package io.agentstation.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try next. Every wait is counted from the start of the last attempt, because that is what the agent contract
 * bounds; {@code sinceAttempt} is the part of it that has already passed.
 */
final class HeartbeatPacing {

    /** Heartbeats come up to this share early, so that agents started together drift apart. */
    private static final double EARLINESS = 0.1;

    private final Duration interval;
    private final Duration longestRetryGap;
    private final RandomGenerator random;

    HeartbeatPacing(AgentSettings settings, RandomGenerator random) {
        this.interval = settings.interval();
        this.longestRetryGap = settings.longestRetryGap();
        this.random = random;
    }

    /** After an acknowledged attempt: at most the interval, at least nine tenths of it. */
    Duration untilNext(Duration sinceAttempt) {
        return remaining(share(interval, 1 - EARLINESS * random.nextDouble()), sinceAttempt);
    }

    /** After an unacknowledged attempt: full jitter (AWS, "Exponential Backoff And Jitter") below grace / 2. */
    Duration untilRetry(Duration sinceAttempt) {
        return remaining(share(longestRetryGap, random.nextDouble()), sinceAttempt);
    }

    /**
     * After a refusal: doubles with each, from grace / 2 up to the interval, of which half is jitter.
     *
     * @param refusals how many in a row, the last one included; at least 1
     */
    Duration untilAskedAgain(int refusals, Duration sinceAttempt) {
        double doubled = longestRetryGap.toNanos() * Math.pow(2, refusals - 1.0);
        double backoff = Math.min(doubled, (double) interval.toNanos());
        return remaining(Duration.ofNanos((long) (backoff * (0.5 + 0.5 * random.nextDouble()))), sinceAttempt);
    }

    /** After "too many requests": never before the time asked for, and spread behind it. */
    Duration untilAllowed(Duration retryAfter) {
        return retryAfter.plus(share(longestRetryGap, random.nextDouble()));
    }

    private static Duration share(Duration whole, double share) {
        return Duration.ofNanos((long) (whole.toNanos() * share));
    }

    private static Duration remaining(Duration wait, Duration passed) {
        Duration left = wait.minus(passed.isNegative() ? Duration.ZERO : passed);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
