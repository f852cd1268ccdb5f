package io.agentstation.contracts.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StallTrackerTest {

    private static final long START = 1_000_000;

    private final StallTracker tracker = new StallTracker(StallRule.DEFAULT);
    private long sequence;

    @Test
    void timeBeforeTheFirstTickIsAnOutage() {
        tick("a", START);

        assertThat(tracker.clock().stalls()).isEqualTo(new Stalls(START, START));
        assertThat(tracker.clock().stalledSinceMs()).isNull();
    }

    @Test
    void ticksWithinTheThresholdAreNoStall() {
        ticks("a", START, START + 60_000);
        tick("a", START + 60_750);

        assertThat(tracker.clock().stalls().endMs()).isEqualTo(START);
    }

    @Test
    void aShortStallMovesOnlyItsOwnEnd() {
        ticks("a", START, START + 10_000);
        tick("a", START + 15_000);

        assertThat(tracker.clock().stalls()).isEqualTo(new Stalls(START + 15_000, START));
    }

    @Test
    void aStallOverFiveSecondsIsAnOutage() {
        ticks("a", START, START + 10_000);
        tick("a", START + 15_001);

        assertThat(tracker.clock().stalls()).isEqualTo(new Stalls(START + 15_001, START + 15_001));
    }

    @Test
    void aLostGatewayStallsUntilItLeavesTheRoster() {
        both(START, START + 10_000);
        ticks("a", START + 10_250, START + 19_750);
        assertThat(tracker.clock().stalledSinceMs()).isEqualTo(START + 10_000);
        assertThat(tracker.clock().stalls().endMs()).isEqualTo(START + 19_750);

        ticks("a", START + 20_000, START + 25_000);

        assertThat(tracker.clock().stalledSinceMs()).isNull();
        assertThat(tracker.clock().stalls()).isEqualTo(new Stalls(START + 20_000, START + 20_000));
    }

    @Test
    void aGatewayThatSaysGoodbyeIsNotMissed() {
        both(START, START + 10_000);
        assertThat(tracker.goodbye("b", ++sequence, START + 10_100)).isTrue();
        ticks("a", START + 10_250, START + 30_000);

        assertThat(tracker.clock().stalls().endMs()).isEqualTo(START);
    }

    @Test
    void aNewcomerIsNoStall() {
        ticks("a", START, START + 10_000);
        tick("b", START + 10_100);

        assertThat(tracker.clock().stalls().endMs()).isEqualTo(START);
    }

    // After a complete stop nobody is on the roster: the silence before the newcomer's first tick must count all the
    // same.
    @Test
    void aCompleteStopWithFarewellIsAnOutage() {
        ticks("a", START, START + 10_000);
        tracker.goodbye("a", ++sequence, START + 10_100);
        tick("b", START + 70_000);

        assertThat(tracker.clock().stalls()).isEqualTo(new Stalls(START + 70_000, START + 70_000));
    }

    @Test
    void aCompleteStopWithoutFarewellIsAnOutage() {
        ticks("a", START, START + 10_000);
        tick("b", START + 70_000);

        assertThat(tracker.clock().stalledSinceMs()).isNull();
        assertThat(tracker.clock().stalls()).isEqualTo(new Stalls(START + 70_000, START + 70_000));
    }

    @Test
    void aQuickRestartWithoutFarewellWaitsForTheOldGatewayToLeave() {
        ticks("a", START, START + 10_000);
        ticks("b", START + 14_000, START + 19_750);
        assertThat(tracker.clock().stalledSinceMs()).isEqualTo(START + 10_000);

        tick("b", START + 20_000);

        assertThat(tracker.clock().stalls()).isEqualTo(new Stalls(START + 20_000, START + 20_000));
    }

    @Test
    void aCopiedTickIsRefusedEvenAfterItsGatewayHasLeft() {
        ticks("a", START, START + 1_000);
        long copied = sequence;
        tracker.goodbye("a", ++sequence, START + 1_100);
        ticks("b", START + 1_200, START + 30_000);
        StallTracker.LogClock before = tracker.clock();

        assertThat(tracker.tick("a", copied, START + 90_000)).isFalse();
        assertThat(tracker.goodbye("b", sequence, START + 90_000)).isFalse();

        assertThat(tracker.clock()).isEqualTo(before);
    }

    @Test
    void timeNeverGoesBack() {
        ticks("a", START, START + 10_000);
        tick("a", START + 3_000);

        assertThat(tracker.clock().nowMs()).isEqualTo(START + 10_000);
    }

    @Test
    void aRestoredTrackerDecidesTheSame() {
        both(START, START + 10_000);
        StallTracker restored = new StallTracker(StallRule.DEFAULT);
        restored.restore(tracker.clock());
        for (String id : tracker.takeTouched()) {
            StallTracker.Gateway gateway = tracker.gateway(id);
            assertThat(gateway).isNotNull();
            restored.restore(id, gateway);
        }

        for (long at = START + 10_250; at < START + 40_000; at += 250) {
            tracker.tick("a", ++sequence, at);
            restored.tick("a", sequence, at);
            assertThat(restored.clock()).isEqualTo(tracker.clock());
        }
    }

    private void both(long fromMs, long toMs) {
        for (long at = fromMs; at <= toMs; at += 250) {
            tick("a", at);
            tick("b", at);
        }
    }

    private void ticks(String gateway, long fromMs, long toMs) {
        for (long at = fromMs; at <= toMs; at += 250) {
            tick(gateway, at);
        }
    }

    private void tick(String gateway, long atMs) {
        assertThat(tracker.tick(gateway, ++sequence, atMs)).isTrue();
    }
}
