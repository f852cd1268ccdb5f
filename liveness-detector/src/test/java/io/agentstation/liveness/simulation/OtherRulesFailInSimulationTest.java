package io.agentstation.liveness.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Negative controls: with the very same agents, seeds and logs, the rules that were rejected accuse the living. */
class OtherRulesFailInSimulationTest {

    @ParameterizedTest
    @MethodSource("scenarios")
    void aWallClockAccusesAgentsThatLive(Scenario scenario) {
        assertThatOnlyTheOtherRuleAccuses(scenario, new WallClockJudge(scenario.agents()));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void absoluteLogTimeAccusesAgentsThatLive(Scenario scenario) {
        assertThatOnlyTheOtherRuleAccuses(scenario, Simulation.detector(Rules.absoluteLogTime()));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aClockThatStandsStillInOutagesAccusesAgentsThatLive(Scenario scenario) {
        assertThatOnlyTheOtherRuleAccuses(scenario, Simulation.detector(Rules::frozenClock, Long.MAX_VALUE));
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                Scenario.stalls(HeartbeatMode.EMERGENCY, 3_000),
                Scenario.stalls(HeartbeatMode.EMERGENCY, 60_000),
                Scenario.gatewayKilled(HeartbeatMode.EMERGENCY),
                Scenario.stopped(HeartbeatMode.EMERGENCY),
                Scenario.stalls(HeartbeatMode.IDLE, 60_000));
    }

    // A front door that freezes while its last probe still counts is no stall to the detector, if it thaws before the
    // missing ticks are noticed. 1.5 s is longer than the grace of EMERGENCY; with a probe that counts for half a
    // second there is no such gap. See IngestProof in the gateway.
    @Test
    void aProbeThatCountsForASecondHidesStallsThatAreLongerThanAGrace() {
        Scenario hidden = Scenario.fronts(HeartbeatMode.EMERGENCY, 1_500, 1_000);
        Scenario seen = Scenario.fronts(HeartbeatMode.EMERGENCY, 1_500, 500);

        assertThat(falseAlarms(hidden)).isPositive();
        assertThat(falseAlarms(seen)).isZero();
    }

    private static int falseAlarms(Scenario scenario) {
        return Simulation.run(scenario, Simulation.SEED, Simulation.detector(Rules.asWritten()), Verdict::design)
                .verdict()
                .falseAlarms();
    }

    private static void assertThatOnlyTheOtherRuleAccuses(Scenario scenario, Judge other) {
        DetectorJudge asWritten = Simulation.detector(Rules.asWritten());
        VirtualAgents agents = new VirtualAgents(scenario, Simulation.SEED, List.of(asWritten, other));
        Truth truth = agents.live();

        int falseAlarms = falseAlarms(scenario, truth, agents, other);
        System.out.printf("%s, seed %d: %d false alarms of the other rule%n", scenario, Simulation.SEED, falseAlarms);
        assertThat(falseAlarms(scenario, truth, agents, asWritten)).isZero();
        assertThat(falseAlarms).isPositive();
    }

    private static int falseAlarms(Scenario scenario, Truth truth, VirtualAgents agents, Judge judge) {
        return Verdict.of(scenario, truth, agents.weather(), judge.alarms(), Verdict::design)
                .falseAlarms();
    }
}
