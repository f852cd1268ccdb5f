package io.agentstation.webhooks.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration NOT_ASKED = Duration.ZERO;

    /** When the attempts with one message are made that all fail at once. */
    private static List<Duration> attempts(DoubleSupplier random, Duration retryAfter) {
        RetryPolicy policy = new RetryPolicy(RetryPolicy.STANDARD, random);
        List<Duration> made = new ArrayList<>();
        Optional<Instant> now = Optional.of(START);
        while (now.isPresent()) {
            made.add(Duration.between(START, now.get()));
            now = policy.next(made.size(), START, now.get(), retryAfter);
        }
        return made;
    }

    @Test
    void tenAttemptsAreMadeOver75Hours() {
        assertThat(attempts(() -> 0, NOT_ASKED))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.parse("PT5M5S"),
                        Duration.parse("PT35M5S"),
                        Duration.parse("PT2H35M5S"),
                        Duration.parse("PT7H35M5S"),
                        Duration.parse("PT17H35M5S"),
                        Duration.parse("PT31H35M5S"),
                        Duration.parse("PT51H35M5S"),
                        Duration.parse("PT75H35M5S"));
    }

    @Test
    void chanceMakesEachWaitUpToATenthShorter() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);

        List<Duration> exact = attempts(() -> 0, NOT_ASKED);
        List<Duration> shortened = attempts(random::nextDouble, NOT_ASKED);

        assertThat(shortened).hasSize(10).isNotEqualTo(exact);
        for (int i = 1; i < 10; i++) {
            Duration wait = shortened.get(i).minus(shortened.get(i - 1));
            Duration longest = exact.get(i).minus(exact.get(i - 1));
            assertThat(wait).isBetween(longest.multipliedBy(9).dividedBy(10), longest);
        }
    }

    @Test
    void aReceiverThatAsksForMoreTimeGetsItWithinTheWindow() {
        List<Duration> attempts = attempts(() -> 0, Duration.ofHours(30));

        assertThat(attempts)
                .containsExactly(
                        Duration.ZERO, Duration.ofHours(30), Duration.ofHours(60), Duration.parse("PT75H35M5S"));
    }

    @Test
    void aReceiverThatAsksForLessIsNotTriedSooner() {
        assertThat(attempts(() -> 0, Duration.ofSeconds(1))).isEqualTo(attempts(() -> 0, NOT_ASKED));
    }

    @Test
    void afterTheWindowAMessageIsGivenUpHoweverFewAttemptsWereMade() {
        RetryPolicy policy = new RetryPolicy(RetryPolicy.STANDARD, () -> 0);

        assertThat(policy.next(1, START, START.plus(policy.window()), NOT_ASKED))
                .isEmpty();
        assertThat(policy.next(1, START, START.plus(policy.window()).minusMillis(1), NOT_ASKED))
                .contains(START.plus(policy.window()));
    }
}
