package io.agentstation.webhooks.lanes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a message is tried again. The waits are those of the Standard Webhooks specification (the section on delivery), ten
 * attempts over 75 h 35 min 5 s, each up to a tenth shorter by chance, so that lanes that failed together come apart.
 */
public final class RetryPolicy {

    /** The waits of the specification. */
    public static final List<Duration> STANDARD = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final double JITTER = 0.1;

    private final List<Duration> waits;
    private final Duration window;
    private final DoubleSupplier random;

    /**
     * A policy with these waits.
     *
     * @param random evenly spread from 0 to 1
     */
    public RetryPolicy(List<Duration> waits, DoubleSupplier random) {
        this.waits = List.copyOf(waits);
        this.window = waits.stream().reduce(Duration.ZERO, Duration::plus);
        this.random = random;
    }

    /** From its first attempt a message is tried for no longer than this. */
    public Duration window() {
        return window;
    }

    /**
     * When a message is tried again; empty when it is given up.
     *
     * @param attempts       that were made, at least 1
     * @param firstAttemptAt when the first of them ended
     * @param retryAfter     for how long the receiver asked to be left alone; never beyond the window
     */
    Optional<Instant> next(int attempts, Instant firstAttemptAt, Instant now, Duration retryAfter) {
        Instant end = firstAttemptAt.plus(window);
        if (attempts > waits.size() || !now.isBefore(end)) {
            return Optional.empty();
        }
        Duration wait = shortened(waits.get(attempts - 1));
        Instant due = now.plus(wait.compareTo(retryAfter) >= 0 ? wait : retryAfter);
        return Optional.of(due.isBefore(end) ? due : end);
    }

    private Duration shortened(Duration wait) {
        return Duration.ofMillis(Math.round(wait.toMillis() * (1 - JITTER * random.getAsDouble())));
    }
}
