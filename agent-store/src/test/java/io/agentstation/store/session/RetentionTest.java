package io.agentstation.store.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

    private static final Instant APPENDED = Instant.parse("2026-11-22T10:00:00.400Z");

    @Test
    void defaults() {
        assertThat(Retention.defaults())
                .isEqualTo(new Retention(
                        Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(400)));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 61", "PT0.6S, 60", "PT1.7S, 59", "PT59.5S, 2", "PT60.5S, 1", "PT1H, 1", "PT-1H, 3661"})
    void aRowLivesForWhatIsLeftAndForASecondAtLeast(Duration age, int seconds) {
        assertThat(Retention.secondsLeft(Duration.ofMinutes(1), APPENDED, APPENDED.plus(age)))
                .isEqualTo(seconds);
    }

    /** Cassandra adds the seconds to its own clock's second: their sum must not depend on when the row is written. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 599, 600, 999, 1_600, 30_000, 58_599})
    void theSecondInWhichARowEndsDoesNotDependOnWhenItIsWritten(long ageMs) {
        Instant now = APPENDED.plusMillis(ageMs);

        assertThat(now.getEpochSecond() + Retention.secondsLeft(Duration.ofMinutes(1), APPENDED, now))
                .isEqualTo(APPENDED.getEpochSecond() + 61);
    }

    @Test
    void theLongestThatCassandraTakesIsTheMost() {
        Duration most = Duration.ofDays(20 * 365);
        assertThat(new Retention(most, null, null, null).heartbeats()).isEqualTo(most);

        assertThatThrownBy(() -> new Retention(null, null, null, most.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("station.store.retention.hours");
    }

    @Test
    void nothingIsKeptForLessThanASecond() {
        assertThatThrownBy(() -> new Retention(null, Duration.ZERO, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("station.store.retention.metrics")
                .hasMessageContaining("PT0S");
    }
}
