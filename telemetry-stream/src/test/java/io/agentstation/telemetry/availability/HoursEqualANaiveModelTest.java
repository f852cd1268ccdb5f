package io.agentstation.telemetry.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.telemetry.fixtures.Messages;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever happened, the hours are what a model finds that sees the whole log at once; so they do not depend on when they
 * were published, nor on restarts.
 */
class HoursEqualANaiveModelTest {

    private static final int AGENTS = 3;

    private final List<AgentId> agents =
            IntStream.range(0, AGENTS).mapToObj(i -> Messages.agent()).toList();

    @Test
    void hoursEqualThoseOfTheModel() {
        qt().withExamples(10).forAll(longs().between(0, Long.MAX_VALUE)).checkAssert(seed -> {
            RandomLog log = RandomLog.of(new Random(seed), AGENTS);
            AvailabilityHarness played = play(log, 0);

            for (int agent = 0; agent < AGENTS; agent++) {
                assertThat(List.copyOf(played.hours(agents.get(agent)).values()))
                        .as("seed %d, agent %d", seed, agent)
                        .isEqualTo(NaiveHours.of(log, agent));
            }
        });
    }

    @Test
    void restartsChangeNothing() {
        qt().withExamples(5).forAll(longs().between(0, Long.MAX_VALUE)).checkAssert(seed -> {
            RandomLog log = RandomLog.of(new Random(seed), AGENTS);
            AvailabilityHarness once = play(log, 0);
            AvailabilityHarness restarted = play(log, 97);

            assertThat(agents)
                    .allSatisfy(agent -> assertThat(restarted.hours(agent))
                            .as("seed %d", seed)
                            .isEqualTo(once.hours(agent)));
        });
    }

    /** Otherwise the tests above would show little. */
    @Test
    void theStoriesHoldMissesAndStallsAndEveryKindOfRecord() {
        List<RandomLog> logs = IntStream.range(0, 10)
                .mapToObj(seed -> RandomLog.of(new Random(seed), AGENTS))
                .toList();
        List<AvailabilityHour> hours = logs.stream()
                .flatMap(log -> IntStream.range(0, AGENTS).mapToObj(agent -> NaiveHours.of(log, agent)))
                .flatMap(List::stream)
                .toList();

        assertThat(hours.stream().filter(hour -> hour.heard() < hour.expected()))
                .hasSizeGreaterThan(5);
        assertThat(hours.stream().filter(hour -> hour.stalledMs() > 0)).hasSizeGreaterThan(5);
        assertThat(logs.stream().flatMap(log -> log.entries().stream()).map(RandomLog.Entry::kind))
                .contains(RandomLog.Kind.values());
    }

    private AvailabilityHarness play(RandomLog log, int recordsBetweenRestarts) {
        AvailabilityHarness harness = new AvailabilityHarness(Duration.ofSeconds(30), true);
        int unread = log.entries().size();
        for (RandomLog.Entry entry : log.entries()) {
            // Before the last tick as well, which then publishes everything.
            if (unread == 1 || (recordsBetweenRestarts > 0 && unread % recordsBetweenRestarts == 0)) {
                harness.restart();
            }
            entry.play(harness, agents);
            unread--;
        }
        return harness;
    }
}
