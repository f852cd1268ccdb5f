package io.agentstation.provisioner.reconciliation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that grow from {@code first} by {@code factor} up to {@code longest}, each shortened at random by up to a half. */
public record Backoff(Duration first, double factor, Duration longest) {

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || factor < 1) {
            throw new IllegalArgumentException(
                    "a backoff grows from a positive wait: " + first + " by " + factor + " to " + longest);
        }
    }

    Duration delay(int attempt, RandomGenerator random) {
        double grown = Math.min((double) first.toMillis() * Math.pow(factor, attempt), (double) longest.toMillis());
        return Duration.ofMillis(Math.round(grown * (0.5 + random.nextDouble() / 2)));
    }
}
