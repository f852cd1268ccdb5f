package io.agentstation.store.rollups;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogPlaceTest {

    private static final Instant TIME = Instant.parse("2026-11-22T10:00:00.123Z");

    @Test
    void theWriteTimestampIsTheAppendTimeInMicroseconds() {
        assertThat(new LogPlace(TIME, 7).microseconds()).isEqualTo(TIME.toEpochMilli() * 1_000 + 7);
    }

    @Test
    void recordsOfOneMillisecondKeepTheirOrder() {
        assertThat(new LogPlace(TIME, 41_008).microseconds()).isGreaterThan(new LogPlace(TIME, 41_007).microseconds());
    }

    @Test
    void aLaterMillisecondIsAlwaysLaterWhateverTheOffsets() {
        assertThat(new LogPlace(TIME.plusMillis(1), 1_000).microseconds())
                .isGreaterThan(new LogPlace(TIME, 999).microseconds());
    }
}
