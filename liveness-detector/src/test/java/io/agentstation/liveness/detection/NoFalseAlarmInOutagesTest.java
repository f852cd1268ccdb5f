package io.agentstation.liveness.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.liveness.detection.VirtualFleet.Outage;
import io.agentstation.liveness.detection.VirtualFleet.Verdict;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents that keep the contract are never called unhealthy, and every death is, whatever the ingest path does. */
class NoFalseAlarmInOutagesTest {

    private static final long SEED = 20_261_122;
    private static final LivenessSettings SETTINGS = LivenessSettings.defaults();
    private static final SilenceRule WITHOUT_STALLS =
            (last, stalls) -> last.atMs() + SETTINGS.intervalMs(last.mode()) + SETTINGS.graceMs(last.mode());
    private static final SilenceRule WITHOUT_OUTAGES = (last, stalls) ->
            Math.max(WITHOUT_STALLS.deadlineMs(last, stalls), stalls.endMs() + SETTINGS.graceMs(last.mode()));

    @ParameterizedTest
    @CsvSource({
        "EMERGENCY, 300, 10000, 15",
        "EMERGENCY, 1000, 10000, 15",
        "EMERGENCY, 3000, 10000, 15",
        "EMERGENCY, 60000, 300000, 20",
        "IDLE, 3000, 20000, 30",
        "IDLE, 60000, 300000, 30",
        "SLEEP, 3000, 120000, 120",
        "SLEEP, 60000, 2400000, 240"
    })
    void stalls(HeartbeatMode mode, long lengthMs, long periodMs, long minutes) {
        assertTrue(fleet(mode, minutes).stalls(lengthMs, periodMs).run(100));
    }

    @ParameterizedTest
    @CsvSource({"EMERGENCY, 15", "IDLE, 30", "SLEEP, 120"})
    void oneOfTwoGatewaysIsLost(HeartbeatMode mode, long minutes) {
        Outage lost = new Outage(1, VirtualFleet.START + 100_000, Long.MAX_VALUE / 2, false);
        VirtualFleet fleet = fleet(mode, minutes).gateways(2);

        assertTrue(fleet.outage(lost).run(100));
    }

    @ParameterizedTest
    @CsvSource({"EMERGENCY, true", "EMERGENCY, false", "IDLE, true", "IDLE, false", "SLEEP, true", "SLEEP, false"})
    void theWholeStationStopsAndComesBack(HeartbeatMode mode, boolean goodbye) {
        Outage stop = new Outage(0, VirtualFleet.START + 100_000, VirtualFleet.START + 160_000, goodbye);

        VirtualFleet fleet =
                fleet(mode, mode == HeartbeatMode.SLEEP ? 120 : 10).outage(stop).detectorRestartsEvery(70_000);
        if (stop.toMs() - stop.fromMs() > mode.interval().toMillis()) {
            // After an outage above the interval not even agents that never retry are blamed.
            fleet.withoutRetries();
        }

        assertTrue(fleet.run(100));
    }

    @Test
    void aRestartOfTheDetectorChangesNoDecision() {
        VirtualFleet calm = fleet(HeartbeatMode.EMERGENCY, 15).stalls(3_000, 20_000);
        VirtualFleet restarted =
                fleet(HeartbeatMode.EMERGENCY, 15).stalls(3_000, 20_000).detectorRestartsEvery(1_700);

        assertThat(restarted.run(100)).isEqualTo(calm.run(100));
    }

    // Negative control: without the stall terms the same fleet is red.
    @ParameterizedTest
    @CsvSource({"EMERGENCY, 3000, 10000", "EMERGENCY, 60000, 300000", "IDLE, 60000, 300000"})
    void withoutTheStallTermsThereAreFalseAlarms(HeartbeatMode mode, long lengthMs, long periodMs) {
        Verdict verdict =
                fleet(mode, 30).stalls(lengthMs, periodMs).rule(WITHOUT_STALLS).run(100);

        assertThat(verdict.falseAlarms()).isNotEmpty();
    }

    // Negative control: without the outage term agents that do not retry are blamed for the station's own stop.
    @Test
    void withoutTheOutageTermThereAreFalseAlarmsAfterAStop() {
        Outage stop = new Outage(0, VirtualFleet.START + 100_000, VirtualFleet.START + 160_000, true);

        Verdict verdict = fleet(HeartbeatMode.IDLE, 10)
                .outage(stop)
                .withoutRetries()
                .rule(WITHOUT_OUTAGES)
                .run(100);

        assertThat(verdict.falseAlarms()).isNotEmpty();
    }

    private static VirtualFleet fleet(HeartbeatMode mode, long minutes) {
        return new VirtualFleet(mode, SEED, Duration.ofMinutes(minutes).toMillis());
    }

    private static void assertTrue(Verdict verdict) {
        assertThat(verdict.deaths()).isPositive();
        assertThat(verdict.falseAlarms()).as("false alarms, seed %s", SEED).isEmpty();
        assertThat(verdict.missedDeaths()).as("missed deaths, seed %s", SEED).isEmpty();
        assertThat(verdict.lateDeaths()).as("late deaths, seed %s", SEED).isEmpty();
    }
}
