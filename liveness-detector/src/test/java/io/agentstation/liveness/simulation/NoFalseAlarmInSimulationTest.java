package io.agentstation.liveness.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.liveness.simulation.Scenario.Answers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Thousands of agents under all that the ingest path can do: none is accused, and every death is told in time. */
class NoFalseAlarmInSimulationTest {

    private static final double LEAST_AGENT_HOURS = 100_000.0 * Simulation.RUNS;

    private static double agentHours;

    @ParameterizedTest
    @MethodSource
    void nobodyIsAccusedAndEveryDeathIsToldInTime(Scenario scenario, long seed) {
        Simulation.Outcome outcome =
                Simulation.run(scenario, seed, Simulation.detector(Rules.asWritten()), Verdict::design);

        agentHours += outcome.agentHours();
        assertThat(outcome.verdict().deaths()).isGreaterThan(100);
        assertThat(outcome.verdict().failures()).as("%s", outcome.verdict()).isZero();
    }

    static Stream<Arguments> nobodyIsAccusedAndEveryDeathIsToldInTime() {
        return LongStream.range(0, Simulation.RUNS)
                .boxed()
                .flatMap(run -> Arrays.stream(HeartbeatMode.values())
                        .flatMap(mode -> scenarios(mode).stream())
                        .map(scenario -> Arguments.of(scenario, Simulation.SEED + run)));
    }

    private static List<Scenario> scenarios(HeartbeatMode mode) {
        return Stream.of(
                        Stream.of(
                                Scenario.calm(mode),
                                Scenario.calm(mode).switching(),
                                Scenario.stalls(mode, 300),
                                Scenario.stalls(mode, 700),
                                Scenario.stalls(mode, 1_000),
                                Scenario.stalls(mode, 3_000),
                                Scenario.stalls(mode, 3_000).switching(),
                                Scenario.stalls(mode, 60_000),
                                Scenario.gatewayKilled(mode),
                                Scenario.stopped(mode),
                                Scenario.fronts(mode, 1_000, 1_000),
                                Scenario.fronts(mode, 3_000, 1_000)),
                        everyTenSeconds(mode),
                        outagesAmongStalls(mode),
                        bursts(mode))
                .flatMap(scenarios -> scenarios)
                .toList();
    }

    private static Stream<Scenario> everyTenSeconds(HeartbeatMode mode) {
        return Stream.of(300L, 1_000L, 3_000L)
                .flatMap(length -> Arrays.stream(Answers.values())
                        .map(answers -> Scenario.every(mode, 10_000, length).answering(answers)));
    }

    private static Stream<Scenario> outagesAmongStalls(HeartbeatMode mode) {
        Scenario outages = Scenario.outagesAmongStalls(mode, 10_000, 3_000);
        return Arrays.stream(Answers.values())
                .flatMap(answers -> Stream.of(
                        outages.answering(answers), outages.switching().answering(answers)));
    }

    // Two seconds are less than two attempts may lie apart. What needs drawn time-outs: StallsCloserThanAGraceTest.
    private static Stream<Scenario> bursts(HeartbeatMode mode) {
        return Arrays.stream(Answers.values())
                .filter(answers -> answers != Answers.LOST_IN_STEP)
                .map(answers -> Scenario.bursts(mode, 120_000, 3_000, 2_000).answering(answers));
    }

    @AfterAll
    static void asManyAgentHoursAsWerePromised() {
        assertThat(agentHours).isGreaterThan(LEAST_AGENT_HOURS);
    }

    @ParameterizedTest
    @EnumSource
    void inACalmHourTheDetectorIsHardlyBlindAndTellsDeathsWithinOneAndAHalfIntervals(HeartbeatMode mode) {
        Duration hours = Duration.ofHours(mode == HeartbeatMode.SLEEP ? 4 : 1);
        Scenario calm = Scenario.calm(mode).with(1_000, hours);

        Simulation.Outcome outcome =
                Simulation.run(calm, Simulation.SEED, Simulation.detector(Rules.asWritten()), Verdict::design);

        assertThat(outcome.stalledShare()).isLessThan(0.01);
        assertThat(outcome.verdict().deaths()).isGreaterThan(100);
        assertThat(outcome.verdict().worstShare()).isLessThanOrEqualTo(1.5);
        assertThat(outcome.verdict().failures()).isZero();
    }
}
