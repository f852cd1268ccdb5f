package io.agentstation.provisioner.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.observations.Observation.Applied;
import io.agentstation.provisioner.testing.Bench;
import io.agentstation.provisioner.testing.Samples;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class AgentTasksTest {

    private final Deque<Runnable> turns = new ArrayDeque<>();
    private final Bench bench = new Bench(turns::add);

    @Test
    void whoeverHandsInAnAgentDoesNotWaitForIt() {
        AgentCommand slow = Samples.provision(Samples.AGENT, "slow");

        boolean ended = bench.handle(slow);

        assertThat(ended).isFalse();
        assertThat(bench.observations.of(slow.commandId())).isEmpty();
        turns.remove().run();
        assertThat(bench.observations.of(slow.commandId())).hasSize(1).allMatch(Applied.class::isInstance);
    }

    @Test
    void whatIsAskedMeanwhileIsDoneInOneTurnAndEachCommandHasItsOutcome() {
        AgentCommand first = Samples.provision(Samples.AGENT, "slow");
        AgentCommand second = Samples.scale(Samples.AGENT, 3);
        AgentCommand third = Samples.image(Samples.AGENT, "example/agent:2");
        bench.handle(first);
        bench.handle(second);
        bench.handle(third);

        assertThat(turns).hasSize(1);
        turns.remove().run();

        assertThat(bench.cluster.applies).isEqualTo(1);
        for (AgentCommand command : new AgentCommand[] {first, second, third}) {
            assertThat(bench.observations.of(command.commandId()))
                    .singleElement()
                    .isInstanceOfSatisfying(Applied.class, applied -> {
                        assertThat(applied.spec().replicas()).isEqualTo(3);
                        assertThat(applied.spec().image()).isEqualTo("example/agent:2");
                    });
        }
    }

    @Test
    void anActThatKafkaDidNotAcknowledgeIsMadeAgain() {
        AgentCommand slow = Samples.provision(Samples.AGENT, "slow");
        bench.handle(slow);
        bench.observations.refuse = true;
        turns.remove().run();
        bench.observations.refuse = false;

        bench.retries.runAll();
        turns.remove().run();

        assertThat(bench.observations.of(slow.commandId())).hasSize(1).allMatch(Applied.class::isInstance);
    }

    @Test
    void whatIsAskedDuringAnOutageIsDoneWithWhatWasAskedBefore() {
        AgentCommand first = Samples.provision(Samples.AGENT, "slow");
        AgentCommand second = Samples.scale(Samples.AGENT, 3);
        bench.handle(first);
        bench.observations.refuse = true;
        turns.remove().run();
        bench.handle(second);
        bench.observations.refuse = false;

        bench.retries.runAll();
        assertThat(turns).hasSize(1);
        turns.remove().run();

        assertThat(bench.observations.outcomes())
                .extracting(said -> ((Applied) said).commandId())
                .containsExactly(first.commandId(), second.commandId());
    }

    @Test
    void oneWhoseActMeetsADefectHasEndedForWhoeverHandedItIn() {
        AgentCommand broken = Samples.provision(Samples.AGENT, "broken");
        var end = bench.handler.handle(broken, Bench.PARTITION, 0).toCompletableFuture();
        bench.observations.defect = true;

        turns.remove().run();

        assertThat(end).isCompletedExceptionally();
    }
}
