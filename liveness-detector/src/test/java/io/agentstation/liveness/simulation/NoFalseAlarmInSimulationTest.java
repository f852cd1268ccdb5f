package io.agentstation.liveness.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
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
        return Stream.concat(
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
                        judgedEveryTenSeconds(mode).stream())
                .toList();
    }

    // Where a grace fits between two stalls. What happens where none does: StallsCloserThanAGraceTest.
    private static List<Scenario> judgedEveryTenSeconds(HeartbeatMode mode) {
        return switch (mode) {
            case EMERGENCY ->
                List.of(
                        Scenario.every(mode, 10_000, 300),
                        Scenario.every(mode, 10_000, 1_000),
                        Scenario.every(mode, 10_000, 3_000),
                        Scenario.every(mode, 10_000, 3_000).answering(Scenario.Answers.LOST));
            case IDLE -> List.of(Scenario.every(mode, 10_000, 300), Scenario.every(mode, 10_000, 1_000));
            case SLEEP -> List.of(Scenario.every(mode, 80_000, 3_000));
        };
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
