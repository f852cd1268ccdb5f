package io.agentstation.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:59.999Z, PT1M, 2026-01-01T00:00:00Z",
        "2026-01-01T05:59:59Z, PT6H, 2026-01-01T00:00:00Z",
        "2026-01-01T06:00:00Z, PT6H, 2026-01-01T06:00:00Z",
        "2026-01-01T23:59:59Z, P1D, 2026-01-01T00:00:00Z",
        "1969-12-31T23:59:59.5Z, P1D, 1969-12-31T00:00:00Z",
        "0000-01-01T00:00:01Z, PT1H, 0000-01-01T00:00:00Z"
    })
    void aWindowBeginsWithTheClockInUtc(Instant moment, Duration length, Instant start) {
        assertThat(new Windows(moment, moment, length).from()).isEqualTo(start);
    }

    @Test
    void theLastWindowCountsWhenItIsOnlyTouched() {
        Duration minute = Duration.ofMinutes(1);
        Instant most = START.plus(minute.multipliedBy(Windows.MOST));
        assertThat(new Windows(START, most, minute).areTooMany()).isFalse();
        assertThat(new Windows(START, most.plusMillis(1), minute).areTooMany()).isTrue();
        assertThat(new Windows(START.plusSeconds(59), most, minute).areTooMany())
                .as("from is rounded down")
                .isFalse();
        assertThat(new Windows(Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"), minute)
                        .areTooMany())
                .isTrue();
    }
}
