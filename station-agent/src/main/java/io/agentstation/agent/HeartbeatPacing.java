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

    /** How long a heartbeat is new, or newly due: a stall that outlasts this is an outage to the Station. */
    private static final Duration NEWLY = Duration.ofSeconds(15);

    /** No hanging attempt is given up earlier, unless the contract asks for it: answers may be slow under load. */
    private static final Duration PATIENCE = Duration.ofMillis(1_250);

    private final Duration interval;
    private final Duration longestRetryGap;
    private final Duration longestRetryGapWhenDue;
    private final RandomGenerator random;

    HeartbeatPacing(AgentSettings settings, RandomGenerator random) {
        this.interval = settings.interval();
        this.longestRetryGap = settings.longestRetryGap();
        this.longestRetryGapWhenDue = settings.longestRetryGapWhenDue();
        this.random = random;
    }

    /** After an acknowledged attempt: at most the interval, at least nine tenths of it. */
    Duration untilNext(Duration sinceAttempt) {
        return remaining(share(interval, 1 - EARLINESS * random.nextDouble()), sinceAttempt);
    }

    /**
     * The most that may lie between the start of an attempt and that of the next (ADR 3, agent contract): little while the
     * heartbeat is new, and again each time that one is due, because the Station grants little after a short stall; more
     * in between, because a fleet must not hammer a Station that comes back.
     *
     * @param sinceFirst since the first attempt at this heartbeat
     * @param sinceHeard since the start of the last acknowledged attempt
     */
    Duration longestGap(Duration sinceFirst, Duration sinceHeard) {
        Duration sinceDue = Duration.ofNanos(Math.floorMod(sinceHeard.toNanos(), interval.toNanos()));
        if (earlier(sinceFirst, sinceDue).compareTo(NEWLY) < 0) {
            return longestRetryGapWhenDue;
        }
        Duration untilDue = interval.minus(sinceDue);
        return untilDue.compareTo(longestRetryGapWhenDue) < 0
                ? longestRetryGapWhenDue
                : earlier(untilDue, longestRetryGap);
    }

    /** When to give up an attempt that hangs: drawn, so that time-outs do not keep step with stalls. */
    Duration timeout(Duration longestGap) {
        Duration least = earlier(PATIENCE, longestGap);
        return least.plus(share(longestGap.minus(least), random.nextDouble()));
    }

    /** After an unacknowledged attempt: full jitter (AWS, "Exponential Backoff And Jitter") below its longest gap. */
    Duration untilRetry(Duration longestGap, Duration sinceAttempt) {
        return remaining(share(longestGap, random.nextDouble()), sinceAttempt);
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

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration share(Duration whole, double share) {
        return Duration.ofNanos((long) (whole.toNanos() * share));
    }

    private static Duration remaining(Duration wait, Duration passed) {
        Duration left = wait.minus(passed.isNegative() ? Duration.ZERO : passed);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
