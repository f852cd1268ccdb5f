package io.agentstation.liveness.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
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
        // the stall ate the time in which the heartbeat was due: its retry gets a grace
        "1037000, 0, 1044500",
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
        assertThatThrownBy(() -> bind(Map.of("station.liveness.max-unhealthy-per-tick", "0")))
                .rootCause()
                .hasMessageContaining("max-unhealthy-per-tick must be at least 1: 0");
    }

    private static LivenessSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("station.liveness", LivenessSettings.class);
    }
}
