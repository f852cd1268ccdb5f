package io.agentstation.liveness.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ticks.Stalls;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LivenessRuleTest {

    private static final Stalls CALM = new Stalls(0, 0);
    private static final long HEARD = 1_000_000;

    private final LivenessRule rule = new LivenessRule(LivenessSettings.defaults());

    @ParameterizedTest
    @CsvSource({"EMERGENCY, 6250", "IDLE, 37500", "SLEEP, 960000"})
    void aCalmDeadlineIsOneIntervalAndItsGrace(HeartbeatMode mode, long afterMs) {
        assertThat(rule.deadlineMs(new LastHeartbeat(mode, HEARD), CALM)).isEqualTo(HEARD + afterMs);
    }

    @ParameterizedTest
    @CsvSource({
        // the stall ended long before the heartbeat was due: nothing is added
        "1001000, 0, 1037500",
        // the stall ended so early that the grace covers all retries
        "1032500, 0, 1037500",
        // the stall ate the time in which the heartbeat was due: its retry gets the stall grace
        "1032501, 0, 1037501",
        "1037000, 0, 1042000",
        // the outage ended more than a grace before the heartbeat was due: nothing is added
        "1022499, 1022499, 1037500",
        // the outage may have eaten the heartbeat: a whole interval and its grace
        "1022500, 1022500, 1060000",
        "1090000, 1090000, 1127500"
    })
    void timeInWhichNobodyCouldBeHeardDoesNotCount(long endMs, long longEndMs, long deadlineMs) {
        LastHeartbeat idle = new LastHeartbeat(HeartbeatMode.IDLE, HEARD);

        assertThat(rule.deadlineMs(idle, new Stalls(endMs, longEndMs))).isEqualTo(deadlineMs);
    }

    @ParameterizedTest
    @CsvSource({"EMERGENCY, 1250", "IDLE, 5000", "SLEEP, 5000"})
    void aShortStallGrantsItsGraceButNoMoreThanAGraceAfterItsEnd(HeartbeatMode mode, long afterMs) {
        long endMs = HEARD + 2_000_000;

        assertThat(rule.deadlineMs(new LastHeartbeat(mode, HEARD), new Stalls(endMs, 0)))
                .isEqualTo(endMs + afterMs);
    }

    @Test
    void theGraceAfterAShortStallCanBeSet() {
        LivenessRule patient = new LivenessRule(bind(Map.of("station.liveness.stall-grace", "6s")));

        assertThat(patient.deadlineMs(new LastHeartbeat(HeartbeatMode.SLEEP, HEARD), new Stalls(HEARD + 960_000, 0)))
                .isEqualTo(HEARD + 966_000);
    }

    @Test
    void defaultsAreTheDocumentedOnesAndBindByName() {
        LivenessSettings bound = bind(Map.of());

        assertThat(bound).isEqualTo(LivenessSettings.defaults());
        assertThat(bound.intervals())
                .containsEntry(HeartbeatMode.EMERGENCY, Duration.ofSeconds(5))
                .containsEntry(HeartbeatMode.SLEEP, Duration.ofMinutes(15));
    }

    @Test
    void oneModeCanBeChangedAlone() {
        LivenessSettings bound = bind(Map.of("station.liveness.intervals.emergency", "2s"));

        assertThat(bound.intervalMs(HeartbeatMode.EMERGENCY)).isEqualTo(2_000);
        assertThat(bound.graceMs(HeartbeatMode.EMERGENCY)).isEqualTo(1_000);
        assertThat(bound.intervalMs(HeartbeatMode.IDLE)).isEqualTo(30_000);
    }

    @Test
    void settingsThatContradictEachOtherAreRefusedWithTheirValues() {
        assertThatThrownBy(() -> bind(Map.of("station.liveness.stall-threshold", "300ms")))
                .rootCause()
                .hasMessageContaining("stall-threshold")
                .hasMessageContaining("PT0.3S");
        assertThatThrownBy(() -> bind(Map.of("station.liveness.stall-grace", "900ms")))
                .rootCause()
                .hasMessageContaining("station.liveness.stall-grace (PT0.9S) must be at least min-grace (PT1S)");
        assertThatThrownBy(() -> bind(Map.of("station.liveness.max-unhealthy-per-tick", "0")))
                .rootCause()
                .hasMessageContaining("max-unhealthy-per-tick must be at least 1: 0");
    }

    private static LivenessSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("station.liveness", LivenessSettings.class);
    }
}
