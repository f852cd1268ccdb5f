package io.agentstation.liveness.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.liveness.simulation.Scenario.Answers;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When the ingest path stalls every ten seconds, no grace of IDLE (7.5 s) or SLEEP (60 s) fits in between. */
class StallsCloserThanAGraceTest {

    private static final long PERIOD = 10_000;

    /** What agents would be granted after a stall, if they tried again at most half as far apart. */
    private static final long AFTER_STALLS = 5_000;

    @ParameterizedTest
    @CsvSource({"IDLE, 3000", "SLEEP, 1000", "SLEEP, 3000"})
    void theRuleAsWrittenAccusesNobodyButTellsNoDeathEither(HeartbeatMode mode, long lengthMs) {
        Verdict verdict = Simulation.run(
                        Scenario.every(mode, PERIOD, lengthMs),
                        Simulation.SEED,
                        Simulation.detector(Rules.asWritten()),
                        Verdict.atMostAfterStalls(AFTER_STALLS))
                .verdict();

        assertThat(verdict.falseAlarms()).isZero();
        // All but those of the first seconds, before the first stall.
        assertThat(verdict.deaths()).isGreaterThan(1_000);
        assertThat(verdict.missed()).isGreaterThan(verdict.deaths() * 99 / 100);
    }

    /** The smallest better rule: less after a stall, for agents that try again sooner. Needs no jitter to be safe. */
    @Nested
    class AtMostFiveSecondsAfterStalls {

        @ParameterizedTest
        @EnumSource
        void tellsEveryDeathAndAccusesNobodyWhateverBecomesOfAttempts(Answers answers) {
            // The grace of EMERGENCY is shorter anyway.
            for (HeartbeatMode mode : List.of(HeartbeatMode.IDLE, HeartbeatMode.SLEEP)) {
                for (long lengthMs : new long[] {1_000, 3_000}) {
                    assertThat(verdict(mode, lengthMs, answers, AFTER_STALLS / 2)
                                    .failures())
                            .isZero();
                }
            }
        }

        // Negative control: today's agents may be 30 s apart in SLEEP.
        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIXED")
        void accusesAgentsThatTryAgainAsSeldomAsTheyMayToday(Answers answers) {
            assertThat(verdict(HeartbeatMode.SLEEP, 3_000, answers, Long.MAX_VALUE)
                            .falseAlarms())
                    .isPositive();
        }

        private Verdict verdict(HeartbeatMode mode, long lengthMs, Answers answers, long retryWithinMs) {
            Scenario scenario =
                    Scenario.every(mode, PERIOD, lengthMs).answering(answers).retryingWithin(retryWithinMs);
            return Simulation.run(
                            scenario,
                            Simulation.SEED,
                            Simulation.detector(Rules.atMostAfterStalls(AFTER_STALLS)),
                            Verdict.atMostAfterStalls(AFTER_STALLS))
                    .verdict();
        }
    }

    /** The other better rule: four graces without a stall, taken together. It stands and falls with the jitter. */
    @Nested
    class FourGracesTakenTogether {

        private static final int GRACES = 4;

        @ParameterizedTest
        @CsvSource({"IDLE, REFUSED", "IDLE, MIXED", "SLEEP, REFUSED", "SLEEP, MIXED"})
        void tellEveryDeathAndAccuseNobodyWhoDrawsEveryPause(HeartbeatMode mode, Answers answers) {
            assertThat(verdict(mode, answers).failures()).isZero();
        }

        // Negative control: attempts that hang for exactly 30 s meet a stall every 10 s for ever.
        @ParameterizedTest
        @EnumSource(names = "LOST")
        void accuseAgentsWhoseTimeOutsAreAllEqual(Answers answers) {
            assertThat(verdict(HeartbeatMode.SLEEP, answers).falseAlarms()).isPositive();
        }

        private Verdict verdict(HeartbeatMode mode, Answers answers) {
            return Simulation.run(
                            Scenario.every(mode, PERIOD, 3_000).answering(answers),
                            Simulation.SEED,
                            Simulation.detector(history -> Rules.cumulated(history, GRACES), Long.MAX_VALUE),
                            Verdict.together(GRACES))
                    .verdict();
        }
    }
}
