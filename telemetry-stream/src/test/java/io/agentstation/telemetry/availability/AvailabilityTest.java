package io.agentstation.telemetry.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.telemetry.fixtures.Messages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An agent in mode IDLE: an interval is 30 s. */
class AvailabilityTest {

    private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
    private static final long START = TEN.toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long INTERVAL = 30_000;
    private static final long TICK = 750;

    private final AgentId agent = Messages.agent();
    private AvailabilityHarness log = new AvailabilityHarness();
    private long now = START;

    @Test
    void everyIntervalOfAnAgentThatKeepsItsPromiseIsHeard() {
        activate();
        beatUntil(START + 2 * HOUR);

        assertThat(hour(0)).isEqualTo(new AvailabilityHour(TEN, 120, 120, HOUR, 0));
        assertThat(hour(1)).isEqualTo(new AvailabilityHour(TEN.plusSeconds(3_600), 120, 120, HOUR, 0));
    }

    @Test
    void anAgentThatBeatsMoreOftenThanItMustIsExpectedNoMoreOften() {
        activate();
        while (now < START + HOUR) {
            tickUntil(now + 7_000);
            log.beat(agent, HeartbeatMode.IDLE, now);
        }

        assertThat(hour(0).expected()).isBetween(119L, 120L);
        assertThat(hour(0).heard()).isEqualTo(hour(0).expected());
    }

    @Test
    void aSilenceMissesAsManyIntervalsAsItsEventSaysAndGoesOnMissing() {
        activate();
        beatUntil(START + 10 * MINUTE);
        long heard = hour(0).heard();
        tickUntil(now + 38_000);

        log.unhealthy(agent, START + 10 * MINUTE, now);
        tickUntil(now + TICK);
        assertThat(hour(0).expected() - hour(0).heard()).isEqualTo(1);

        tickUntil(now + 60_000);
        assertThat(hour(0).expected() - hour(0).heard()).isEqualTo(3);
        assertThat(hour(0).heard()).isEqualTo(heard);
    }

    @Test
    void withoutAWordOfTheDetectorASilenceIsHeard() {
        activate();
        beatUntil(START + 10 * MINUTE);
        tickUntil(now + 37_000);
        log.beat(agent, HeartbeatMode.IDLE, now);
        tickUntil(now + TICK);

        assertThat(hour(0).heard()).isEqualTo(hour(0).expected()).isEqualTo(21);
    }

    @Test
    void aWordThatComesAfterTheHeartbeatThatEndedTheSilenceStillCounts() {
        activate();
        beatUntil(START + 10 * MINUTE);
        long last = now;
        tickUntil(now + 100_000);
        log.beat(agent, HeartbeatMode.IDLE, now);
        beatUntil(now + 20 * MINUTE);
        assertThat(hour(0).heard()).isEqualTo(hour(0).expected());

        log.unhealthy(agent, last, last + 38_000);
        tickUntil(now + TICK);

        assertThat(hour(0).expected() - hour(0).heard()).isEqualTo(3);
    }

    @Test
    void anAgentThatIsNeverHeardAgainMissesEveryHourUntilItIsDeleted() {
        activate();
        beatUntil(START + 30 * MINUTE);
        tickUntil(now + 38_000);
        log.unhealthy(agent, START + 30 * MINUTE, now);
        tickUntil(START + 3 * HOUR + 30 * MINUTE);
        assertThat(hour(0)).isEqualTo(new AvailabilityHour(TEN, 120, 60, HOUR, 0));
        assertThat(hour(1)).isEqualTo(new AvailabilityHour(TEN.plusSeconds(3_600), 120, 0, HOUR, 0));
        assertThat(hour(2)).isEqualTo(new AvailabilityHour(TEN.plusSeconds(7_200), 120, 0, HOUR, 0));

        log.event(agent, EventType.DRAINING, AgentState.DRAINING, now, Map.of("reason", "deleted"));
        tickUntil(START + 5 * HOUR);

        assertThat(hour(3)).isEqualTo(new AvailabilityHour(TEN.plusSeconds(10_800), 60, 0, HOUR / 2, 0));
        assertThat(log.hours(agent)).hasSize(4);
    }

    @Test
    void anOrderThatIsReadHoursLateTakesBackWhatWasToldSince() {
        activate();
        beatUntil(START + 30 * MINUTE);
        tickUntil(START + 3 * HOUR + 30 * MINUTE);
        assertThat(log.hours(agent)).hasSize(4);

        log.event(agent, EventType.DRAINING, AgentState.DRAINING, START + 31 * MINUTE, Map.of("reason", "deleted"));
        tickUntil(now + TICK);

        assertThat(log.hours(agent).values()).containsExactly(new AvailabilityHour(TEN, 60, 60, 31 * MINUTE, 0));
    }

    @Test
    void anOutageIsNeitherHeardNorMissedAndWithoutTheExclusionItWouldBeMissed() {
        outageDuringASilence();
        assertThat(hour(0)).isEqualTo(new AvailabilityHour(TEN, 62, 60, HOUR, 29 * MINUTE));
        assertThat(hour(1).stalledMs()).isZero();

        log = new AvailabilityHarness(Duration.ZERO, false);
        now = START;
        outageDuringASilence();
        assertThat(hour(0)).isEqualTo(new AvailabilityHour(TEN, 120, 60, HOUR, 0));
    }

    private void outageDuringASilence() {
        activate();
        beatUntil(START + 30 * MINUTE);
        tickUntil(now + 38_000);
        log.unhealthy(agent, START + 30 * MINUTE, now);
        tickUntil(START + 31 * MINUTE);
        now = START + 60 * MINUTE;
        log.tick("gateway", now);
        tickUntil(now + 10_000);
        log.beat(agent, HeartbeatMode.IDLE, now);
        tickUntil(now + TICK);
    }

    @Test
    void aDrainIsWatchedAndARestartIsNotUntilTheNextHeartbeat() {
        activate();
        log.event(agent, EventType.DRAINING, AgentState.DRAINING, now, Map.of("reason", "drain"));
        beatUntil(START + 10 * MINUTE);
        assertThat(hour(0).heard()).isEqualTo(20);

        log.event(agent, EventType.RESTARTED, AgentState.ACTIVE, now, Map.of());
        tickUntil(now + 5 * MINUTE);
        beatUntil(START + 25 * MINUTE);

        assertThat(hour(0)).isEqualTo(new AvailabilityHour(TEN, 40 - 1, 40 - 1, 20 * MINUTE - INTERVAL, 0));
    }

    @Test
    void anAgentScaledToNothingIsNotWatchedUntilItIsHeardAfterItRunsAgain() {
        activate();
        beatUntil(START + 10 * MINUTE);
        log.event(agent, EventType.SCALED, AgentState.ACTIVE, now, Map.of("replicas", 0));
        beatUntil(START + 20 * MINUTE);
        assertThat(hour(0).watchedMs()).isEqualTo(10 * MINUTE);

        log.event(agent, EventType.SCALED, AgentState.ACTIVE, now, Map.of("replicas", 2));
        tickUntil(START + 30 * MINUTE);
        assertThat(hour(0).watchedMs()).isEqualTo(10 * MINUTE);

        beatUntil(START + 40 * MINUTE);
        assertThat(hour(0).watchedMs()).isEqualTo(20 * MINUTE - INTERVAL);
        log.event(agent, EventType.SCALED, AgentState.ACTIVE, now, Map.of("replicas", 3));
        beatUntil(START + 50 * MINUTE);
        assertThat(hour(0).watchedMs()).isEqualTo(30 * MINUTE - INTERVAL);
    }

    @Test
    void intervalsAreThoseOfTheMode() {
        activate();
        while (now < START + 30 * MINUTE) {
            tickUntil(now + 5_000);
            log.beat(agent, HeartbeatMode.EMERGENCY, now);
        }
        log.beat(agent, HeartbeatMode.IDLE, now);
        beatUntil(START + HOUR);

        assertThat(hour(0).expected()).isBetween(360L + 60 - 1, 360L + 60);
        assertThat(hour(0).heard()).isEqualTo(hour(0).expected());
    }

    @Test
    void anAgentThatNoEventSpeaksOfIsNotToldOfAndSoonForgotten() {
        log.tick("gateway", now);
        beatUntil(START + 10 * MINUTE);
        assertThat(log.hours(agent)).isEmpty();

        tickUntil(now + HOUR + MINUTE);
        activate();
        tickUntil(now + TICK);

        assertThat(log.hours(agent).values())
                .extracting(AvailabilityHour::watchedMs)
                .containsExactly(TICK);
    }

    @Test
    void anAgentWhoseActivationIsReadLateIsToldOfFromItsFirstHeartbeatOn() {
        log.tick("gateway", now);
        log.beat(agent, HeartbeatMode.IDLE, now);
        beatUntil(START + 10 * MINUTE);
        log.activated(agent, START);
        tickUntil(now + TICK);

        assertThat(hour(0).heard()).isEqualTo(20);
    }

    @Test
    void forgedAndForeignAndRepeatedTicksMoveNoTime() {
        activate();
        tickUntil(now + 10_000);
        AvailabilityHour before = hour(0);
        byte[] otherSecret = new byte[StationKey.LENGTH];
        Arrays.fill(otherSecret, (byte) 1);
        StationKey other = StationKey.parse(StationKey.format(otherSecret));

        log.tick(new Tick("gateway", 0, 1_000_000, Tick.Kind.TICK), other, now + MINUTE);
        log.tick(new Tick("gateway", 1, 1_000_000, Tick.Kind.TICK), AvailabilityHarness.KEY, now + MINUTE);
        log.tick(new Tick("gateway", 0, 1, Tick.Kind.TICK), AvailabilityHarness.KEY, now + MINUTE);

        assertThat(hour(0)).isEqualTo(before);
        assertThat(log.counted("station.telemetry.availability.ticks.ignored")).isEqualTo(3);
    }

    @Test
    void poisonIsCountedAndStopsNobody() {
        log.raw(Topic.HEARTBEATS, agent.toString(), "{".getBytes(StandardCharsets.UTF_8), now, null);
        log.raw(Topic.HEARTBEATS, null, null, now, null);
        log.raw(Topic.LIFECYCLE, agent.toString(), "{}".getBytes(StandardCharsets.UTF_8), now, null);
        byte[] noTick = "{}".getBytes(StandardCharsets.UTF_8);
        log.raw(Topic.HEARTBEATS, null, noTick, now, AvailabilityHarness.KEY.mac("tick", noTick));
        assertThat(log.counted("station.telemetry.availability.unreadable")).isEqualTo(4);

        everyIntervalOfAnAgentThatKeepsItsPromiseIsHeard();
    }

    private void activate() {
        log.tick("gateway", now);
        log.beat(agent, HeartbeatMode.IDLE, now);
        log.activated(agent, now);
    }

    /** The next heartbeat comes an interval from now. */
    private void beatUntil(long endMs) {
        while (now + INTERVAL <= endMs) {
            tickUntil(now + INTERVAL);
            log.beat(agent, HeartbeatMode.IDLE, now);
        }
        log.tick("gateway", now);
    }

    private void tickUntil(long endMs) {
        while (now < endMs) {
            now = Math.min(now + TICK, endMs);
            log.tick("gateway", now);
        }
    }

    private AvailabilityHour hour(int number) {
        return Objects.requireNonNull(log.hours(agent).get(TEN.plusSeconds(3_600L * number)));
    }
}
