package io.agentstation.store.rollups;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant APPENDED = Instant.parse("2026-11-22T10:00:00Z");

    private final Retention retention = new Retention(Duration.ofDays(30));

    @Test
    void aRowOfARecordThatIsReadLateLivesForTheRestOfItsTime() {
        assertThat(ttlAfter(Duration.ZERO)).isEqualTo(30 * 86_400);
        assertThat(ttlAfter(Duration.ofDays(29))).isEqualTo(86_400);
    }

    @Test
    void aRowThatShouldBeGoneLivesForASecondAndNotForEver() {
        assertThat(ttlAfter(Duration.ofDays(30))).isEqualTo(1);
        assertThat(ttlAfter(Duration.ofDays(400))).isEqualTo(1);
    }

    @Test
    void aBrokerWhoseClockIsAheadDoesNotLengthenIt() {
        assertThat(ttlAfter(Duration.ofHours(-1))).isEqualTo(30 * 86_400);
    }

    private int ttlAfter(Duration age) {
        return retention.ttlSeconds(APPENDED, APPENDED.plus(age));
    }
}
