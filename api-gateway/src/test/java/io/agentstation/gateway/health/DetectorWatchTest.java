package io.agentstation.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.gateway.health.DetectorWatch.Clocks;
import io.agentstation.gateway.health.DetectorWatch.Seen;
import io.agentstation.gateway.health.DetectorWatch.Sight;
import io.agentstation.gateway.ticks.TickGate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every way to be blind, and back; time is the test's. */
final class DetectorWatchTest {

    private static final int PARTITIONS = 3;
    private static final Duration BLIND_AFTER = Duration.ofSeconds(10);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    // Near the overflow of nanoTime, which may happen at any moment of a process' life.
    private final long start = Long.MAX_VALUE - Duration.ofSeconds(7).toNanos();
    private long elapsed;
    private long logTime = 1_000;

    private final TickGate gate = new TickGate(this::nanoTime);
    private final DetectorWatch watch =
            new DetectorWatch(PARTITIONS, BLIND_AFTER, gate, new Clocks(this::nanoTime, this::wall));

    private long nanoTime() {
        return start + elapsed;
    }

    private Instant wall() {
        return NOON.plusNanos(elapsed);
    }

    private void pass(Duration time) {
        elapsed += time.toNanos();
    }

    /** A second with a report of each of these partitions in it. */
    private void second(int... reporting) {
        pass(Duration.ofSeconds(1));
        logTime += 1_000;
        for (int partition : reporting) {
            watch.take(report(partition, null));
        }
    }

    private DetectorReport report(int partition, @Nullable Instant stalledSince) {
        return new DetectorReport(partition, Instant.ofEpochMilli(logTime), stalledSince, 2, 10, 1);
    }

    private void seconds(int count, int... reporting) {
        for (int i = 0; i < count; i++) {
            second(reporting);
        }
    }

    private Alarm alarm() {
        Seen seen = watch.see();
        assertThat(seen.sight()).isEqualTo(Sight.BLIND);
        return seen.alarm().orElseThrow();
    }

    private void assertSight(Sight sight) {
        assertThat(watch.see()).isEqualTo(new Seen(sight, java.util.Optional.empty()));
    }

    @BeforeEach
    void theStationIsReady() {
        gate.open();
    }

    @Test
    void aGatewayThatHasJustStartedKnowsNothingAndRaisesNoAlarm() {
        assertSight(Sight.STARTING);
        seconds(9);
        assertSight(Sight.STARTING);
    }

    @Test
    void theFirstReportOfEveryPartitionIsEnough() {
        second(0, 1);
        assertSight(Sight.STARTING);
        second(2);
        assertSight(Sight.PROVING);
    }

    @Test
    void aDetectorThatIsNeverHeardIsBlindSinceTheGatewayBegan() {
        // When
        seconds(10);

        // Then
        assertThat(alarm().alarm()).isEqualTo("detector_blind");
        assertThat(alarm().since()).isEqualTo(NOON);
        assertThat(alarm().partitions()).containsExactly(0, 1, 2);
        assertThat(alarm().message())
                .isEqualTo("Silence cannot be proven in 3 of 3 partitions since 2026-11-22T12:00:00Z: no agent there is"
                        + " called unhealthy, and no policy acts, until it can. The detector does not report: see that"
                        + " liveness-detector runs and keeps up.");
    }

    @Test
    void aDetectorThatDiesIsBlindSinceItsLastProof() {
        // Given
        seconds(30, 0, 1, 2);
        assertSight(Sight.PROVING);

        // When
        seconds(9);
        assertSight(Sight.PROVING);
        seconds(6);

        // Then the alarm names the same time for as long as it lasts
        assertThat(alarm().since()).isEqualTo(NOON.plusSeconds(30));
        assertThat(alarm().partitions()).containsExactly(0, 1, 2);
        assertThat(alarm().message()).contains("The detector does not report").doesNotContain("ticks");
    }

    @Test
    void aStallThatLastsIsBlindSinceItBegan() {
        // Given
        seconds(20, 0, 1, 2);
        Instant stalledSince = Instant.ofEpochMilli(logTime - 400);

        // When reports go on, and say that nothing can be proven
        for (int i = 0; i < 10; i++) {
            second(0, 1);
            watch.take(report(2, stalledSince));
        }

        // Then
        assertThat(alarm().partitions()).containsExactly(2);
        assertThat(alarm().since()).isEqualTo(stalledSince);
        assertThat(alarm().message())
                .contains("in 1 of 3 partitions since " + stalledSince)
                .contains("look at components.ticks of each gateway, and at Kafka")
                .doesNotContain("does not report");
    }

    @Test
    void aShortStallIsNoAlarm() {
        // Given
        seconds(5, 0, 1, 2);

        // When
        for (int i = 0; i < 9; i++) {
            second(0, 1);
            watch.take(report(2, Instant.EPOCH));
        }

        // Then
        assertSight(Sight.PROVING);
    }

    @Test
    void onePartitionThatIsNotReportedIsEnough() {
        // Given
        seconds(5, 0, 1, 2);

        // When
        seconds(10, 0, 2);

        // Then
        assertThat(alarm().partitions()).containsExactly(1);
        assertThat(alarm().since()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void ticksThatEndAreBlindnessThoughReportsComeAndSayNothingOfAStall() {
        // Given
        seconds(5, 0, 1, 2);

        // When the log time stands still in all partitions
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(1));
            List.of(0, 1, 2).forEach(partition -> watch.take(report(partition, null)));
        }

        // Then
        assertThat(alarm().partitions()).containsExactly(0, 1, 2);
        assertThat(alarm().message()).contains("look at components.ticks").doesNotContain("does not report");
    }

    @Test
    void reportsThatComeAgainAreNoSignOfLife() {
        // Given
        seconds(5, 0, 1, 2);
        DetectorReport before = new DetectorReport(1, Instant.ofEpochMilli(logTime - 2_000), null, 2, 10, 1);

        // When
        for (int i = 0; i < 10; i++) {
            second(0, 2);
            watch.take(before);
        }

        // Then
        assertThat(alarm().partitions()).containsExactly(1);
        assertThat(alarm().message()).contains("does not report");
    }

    @Test
    void oneProofOfEveryPartitionEndsTheAlarm() {
        // Given
        seconds(60);
        assertThat(alarm().partitions()).hasSize(PARTITIONS);

        // When
        second(0, 1);
        assertThat(alarm().partitions()).containsExactly(2);
        second(2);

        // Then
        assertSight(Sight.PROVING);
    }

    @Test
    void bothCausesAreNamedSinceTheEarlierOne() {
        // Given
        seconds(5, 0, 1, 2);
        Instant stalledSince = NOON.minusSeconds(100);

        // When one partition is stalled, and one is not reported
        for (int i = 0; i < 12; i++) {
            second(0);
            watch.take(report(1, stalledSince));
        }

        // Then
        assertThat(alarm().partitions()).containsExactly(1, 2);
        assertThat(alarm().since()).isEqualTo(stalledSince);
        assertThat(alarm().message()).contains("look at components.ticks").contains("does not report");
    }

    @Test
    void aPartitionThatDoesNotExistIsIgnored() {
        // When
        watch.take(report(PARTITIONS, null));

        // Then
        assertSight(Sight.STARTING);
    }

    @Test
    void beforeTheStationIsReadyNothingCanBeSeenAndThatIsNoAlarm() {
        // Given a gateway whose station takes its time to start
        TickGate shut = new TickGate(this::nanoTime);
        DetectorWatch waiting =
                new DetectorWatch(PARTITIONS, BLIND_AFTER, shut, new Clocks(this::nanoTime, this::wall));
        pass(Duration.ofMinutes(5));
        assertThat(waiting.see().sight()).isEqualTo(Sight.STARTING);

        // When it is ready
        shut.open();

        // Then the time counts from there, whoever asks when
        pass(Duration.ofSeconds(9));
        assertThat(waiting.see().sight()).isEqualTo(Sight.STARTING);
        pass(Duration.ofSeconds(1));
        assertThat(waiting.see().alarm().orElseThrow().since()).isEqualTo(NOON.plusSeconds(300));
    }
}
