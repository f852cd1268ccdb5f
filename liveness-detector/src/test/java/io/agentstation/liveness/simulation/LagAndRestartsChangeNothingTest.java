package io.agentstation.liveness.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same log leads to the same alarms, however late it is read and however often the detector starts anew. */
class LagAndRestartsChangeNothingTest {

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyAlarmIsTheSame(Scenario scenario) {
        DetectorJudge prompt = detector(Long.MAX_VALUE);
        DetectorJudge restarted = detector(restartEveryMs(scenario));
        LaggingJudge late = new LaggingJudge(detector(Long.MAX_VALUE));
        LaggingJudge lateAndRestarted = new LaggingJudge(detector(restartEveryMs(scenario)));

        VirtualAgents agents =
                new VirtualAgents(scenario, Simulation.SEED, List.of(prompt, restarted, late, lateAndRestarted));
        Truth truth = agents.live();
        late.catchUp();
        lateAndRestarted.catchUp();

        Verdict verdict = Verdict.of(scenario, truth, agents.weather(), prompt.alarms(), Verdict::design);
        assertThat(verdict.deaths()).isPositive();
        assertThat(verdict.failures()).isZero();
        assertThat(restarted.restarts()).isGreaterThan(100);
        assertThat(restarted.alarms().inOrder()).isEqualTo(prompt.alarms().inOrder());
        assertThat(late.alarms().inOrder()).isEqualTo(prompt.alarms().inOrder());
        assertThat(lateAndRestarted.alarms().inOrder())
                .isEqualTo(prompt.alarms().inOrder());
    }

    // Negative control: the lag is there.
    @ParameterizedTest
    @MethodSource("scenarios")
    void aWallClockTakesLagForSilence(Scenario scenario) {
        LaggingJudge late = new LaggingJudge(new WallClockJudge(scenario.agents()));

        VirtualAgents agents = new VirtualAgents(scenario, Simulation.SEED, List.of(late));
        Truth truth = agents.live();

        assertThat(Verdict.of(scenario, truth, agents.weather(), late.alarms(), Verdict::design)
                        .falseAlarms())
                .isPositive();
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                Scenario.calm(HeartbeatMode.EMERGENCY).switching().with(500, Duration.ofMinutes(30)),
                Scenario.stalls(HeartbeatMode.EMERGENCY, 3_000).with(500, Duration.ofMinutes(30)),
                Scenario.stopped(HeartbeatMode.EMERGENCY).with(500, Duration.ofMinutes(30)),
                Scenario.stalls(HeartbeatMode.IDLE, 60_000).with(500, Duration.ofMinutes(90)),
                Scenario.gatewayKilled(HeartbeatMode.IDLE).with(500, Duration.ofMinutes(90)),
                Scenario.stopped(HeartbeatMode.SLEEP).with(500, Duration.ofHours(5)));
    }

    private static DetectorJudge detector(long restartEveryMs) {
        return Simulation.detector(unused -> Rules.asWritten(), restartEveryMs);
    }

    private static long restartEveryMs(Scenario scenario) {
        return scenario.length().toMillis() / 200;
    }
}
