package io.agentstation.liveness.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.liveness.silence.SilenceRule;
import io.agentstation.liveness.simulation.Scenario.Answers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Negative controls of the stall grace and of the contract that it needs: when the ingest path stalls every ten seconds,
 * no grace of IDLE (7.5 s) or SLEEP (60 s) fits in between. That rule and contract together are right:
 * {@link NoFalseAlarmInSimulationTest}.
 */
class StallsCloserThanAGraceTest {

    private static final long PERIOD = 10_000;

    @ParameterizedTest
    @CsvSource({"IDLE, 3000", "SLEEP, 1000", "SLEEP, 3000"})
    void aWholeGraceAfterEachStallAccusesNobodyButTellsNoDeathEither(HeartbeatMode mode, long lengthMs) {
        Verdict verdict = verdict(Scenario.every(mode, PERIOD, lengthMs), Rules.graceAfterStalls());

        assertThat(verdict.falseAlarms()).isZero();
        // All but those of the first seconds, before the first stall.
        assertThat(verdict.deaths()).isGreaterThan(1_000);
        assertThat(verdict.missed()).isGreaterThan(verdict.deaths() * 99 / 100);
    }

    // In SLEEP half a grace is 30 s.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIXED")
    void agentsThatTryAgainEveryHalfAGraceAreAccused(Answers answers) {
        Scenario stalls = Scenario.every(HeartbeatMode.SLEEP, PERIOD, 3_000).answering(answers);

        assertThat(verdict(stalls.keeping(Contract::halfAGrace), Rules.asWritten())
                        .falseAlarms())
                .isPositive();
    }

    // An agent that has given up hurrying before it was due meets one short stall after the other.
    @Test
    void agentsThatHurryOnlyAfterTheirFirstAttemptAreAccusedAfterAnOutage() {
        Scenario outages = Scenario.outagesAmongStalls(HeartbeatMode.SLEEP, PERIOD, 3_000)
                .with(2_500, Duration.ofHours(5))
                .switching()
                .answering(Answers.LOST_IN_STEP);

        assertThat(verdict(outages.keeping(Contract::oftenAtFirst), Rules.asWritten())
                        .falseAlarms())
                .isPositive();
        assertThat(verdict(outages, Rules.asWritten()).falseAlarms()).isZero();
    }

    // Where no pause is as long as the longest gap, time-outs in step with the stalls meet one after the other.
    @Test
    void agentsWhoseTimeOutsAreAllEqualAreAccusedInABurstOfStalls() {
        Scenario burst = Scenario.bursts(HeartbeatMode.SLEEP, 120_000, 3_000, 2_000);

        assertThat(verdict(burst.answering(Answers.LOST_IN_STEP), Rules.asWritten())
                        .falseAlarms())
                .isPositive();
        assertThat(verdict(burst.answering(Answers.LOST), Rules.asWritten()).falseAlarms())
                .isZero();
    }

    private static Verdict verdict(Scenario scenario, SilenceRule rule) {
        return Simulation.run(scenario, Simulation.SEED, Simulation.detector(rule), Verdict::design)
                .verdict();
    }
}
