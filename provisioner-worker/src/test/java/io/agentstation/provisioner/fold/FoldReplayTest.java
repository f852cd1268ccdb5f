package io.agentstation.provisioner.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.provisioner.fold.Decision.Advance;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The log is read at least once: reading any prefix of it again, at any time, leads to the same desired state. */
class FoldReplayTest {

    private static final List<IntFunction<AgentCommand>> KINDS = List.of(
            n -> Samples.provision(Samples.AGENT, "agent-" + n),
            n -> Samples.image(Samples.AGENT, "example/image:" + n % 3),
            n -> Samples.scale(Samples.AGENT, n % 4),
            n -> Samples.restart(Samples.AGENT),
            n -> Samples.drain(Samples.AGENT),
            n -> Samples.resume(Samples.AGENT),
            n -> Samples.deprovision(Samples.AGENT),
            n -> Samples.kill(Samples.AGENT),
            n -> Samples.environment(Samples.AGENT, Map.of("A", n % 3 == 0 ? "" : "v" + n)),
            n -> Samples.resources(Samples.AGENT, (n % 4 + 1) * 300 + "m", (n % 3 + 1) * 400 + "m"),
            n -> AgentCommand.Deprovision.afterDrain(
                    Samples.deprovision(Samples.AGENT).meta()));

    // Rarely those that end it, or most logs would end early.
    private static final List<Integer> KIND_OF =
            List.of(0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8, 9, 9, 10);

    @Test
    void anyPrefixReadAgainChangesNothing() {
        qt().forAll(
                        lists().of(integers().between(0, KIND_OF.size() - 1)).ofSizeBetween(1, 20),
                        integers().between(0, 20),
                        integers().between(0, 20))
                .check((kinds, crashAt, readFrom) -> {
                    List<AgentCommand> log = log(kinds);
                    Optional<DesiredAgent> once = fold(Optional.empty(), log, 0, log.size());
                    int crash = Math.min(crashAt, log.size());
                    Optional<DesiredAgent> atCrash = fold(Optional.empty(), log, 0, crash);
                    return fold(atCrash, log, Math.min(readFrom, crash), log.size())
                            .equals(once);
                });
    }

    @Test
    void nothingComesBackOnceItIsToGo() {
        qt().forAll(lists().of(integers().between(0, KIND_OF.size() - 1)).ofSizeBetween(1, 20))
                .check(kinds -> {
                    List<AgentCommand> log = log(kinds);
                    boolean going = false;
                    Optional<DesiredAgent> agent = Optional.empty();
                    for (int i = 0; i < log.size(); i++) {
                        agent = fold(agent, log, i, i + 1);
                        boolean goes = agent.filter(a -> a.phase() == Phase.DELETE || a.phase() == Phase.KILL)
                                .isPresent();
                        if (going && !goes) {
                            return false;
                        }
                        going = goes;
                    }
                    return true;
                });
    }

    /** A client that is not sure sends its request again: each command may stand in the log twice, one after the other. */
    @Test
    void aCommandThatStandsTwiceInARowCountsOnce() {
        qt().forAll(
                        lists().of(integers().between(0, KIND_OF.size() - 1)).ofSizeBetween(1, 20),
                        integers().between(0, 20))
                .check((kinds, which) -> {
                    List<AgentCommand> log = log(kinds);
                    int twice = which % log.size();
                    List<AgentCommand> repeated = new ArrayList<>(log);
                    repeated.add(twice, log.get(twice));
                    return same(
                            fold(Optional.empty(), log, 0, log.size()),
                            fold(Optional.empty(), repeated, 0, repeated.size()));
                });
    }

    /** The same but for the offset, which the repetition moves on. */
    private static boolean same(Optional<DesiredAgent> one, Optional<DesiredAgent> other) {
        return one.map(agent -> List.of(agent.phase(), agent.spec(), agent.generation(), agent.restartGeneration()))
                .equals(other.map(
                        agent -> List.of(agent.phase(), agent.spec(), agent.generation(), agent.restartGeneration())));
    }

    /** Negative control: a fold that does not know what it has folded in is led astray by the same replay. */
    @Test
    void withoutTheOffsetAReplayWouldChangeTheState() {
        List<AgentCommand> log = List.of(KINDS.get(0).apply(0), KINDS.get(3).apply(0), Samples.scale(Samples.AGENT, 3));
        DesiredAgent once = fold(Optional.empty(), log, 0, 3).orElseThrow();

        Optional<DesiredAgent> forgetful = Optional.of(once);
        for (int offset = 0; offset < log.size(); offset++) {
            if (Fold.next(forgetful, log.get(offset), 3, offset + 100L) instanceof Advance advance) {
                forgetful = Optional.of(advance.next());
            }
        }

        assertThat(forgetful.orElseThrow().generation()).isGreaterThan(once.generation());
    }

    private static List<AgentCommand> log(List<Integer> kinds) {
        return IntStream.range(0, kinds.size())
                .mapToObj(i -> KINDS.get(KIND_OF.get(kinds.get(i))).apply(i))
                .toList();
    }

    private static Optional<DesiredAgent> fold(
            Optional<DesiredAgent> start, List<AgentCommand> log, int from, int until) {
        Optional<DesiredAgent> agent = start;
        for (int offset = from; offset < until; offset++) {
            if (Fold.next(agent, log.get(offset), 3, offset) instanceof Advance advance) {
                agent = Optional.of(advance.next());
            }
        }
        return agent;
    }
}
