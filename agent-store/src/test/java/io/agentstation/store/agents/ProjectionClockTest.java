package io.agentstation.store.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProjectionClockTest {

    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

    @Test
    void everyProjectionIsAboveTheEarlyRow() {
        assertThat(ProjectionClock.ofSequence(1)).isGreaterThan(ProjectionClock.EARLY);
        assertThat(ProjectionClock.ofAppliedOffset(0)).isGreaterThan(ProjectionClock.EARLY);
        assertThat(ProjectionClock.ofRecord(NOW, 0)).isGreaterThan(ProjectionClock.EARLY);
    }

    @Test
    void recordsOfOneMillisecondAreOrderedByOffset() {
        assertThat(ProjectionClock.ofRecord(NOW, 1_000)).isGreaterThan(ProjectionClock.ofRecord(NOW, 999));
        assertThat(ProjectionClock.ofRecord(NOW, 70_000_001)).isGreaterThan(ProjectionClock.ofRecord(NOW, 70_000_000));
    }

    @Test
    void aLaterMillisecondIsAboveAnyOffsetOfAnEarlierOne() {
        assertThat(ProjectionClock.ofRecord(NOW + 1, 0)).isGreaterThan(ProjectionClock.ofRecord(NOW, (1L << 20) - 1));
    }

    @Test
    void theClockLastsForTwoCenturies() {
        long then = Instant.parse("2248-01-01T00:00:00Z").toEpochMilli();

        assertThat(ProjectionClock.ofRecord(then, 0)).isGreaterThan(ProjectionClock.ofRecord(NOW, 0));
    }
}
