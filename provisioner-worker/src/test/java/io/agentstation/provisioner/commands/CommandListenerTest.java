package io.agentstation.provisioner.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.observations.Observation.Applied;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.provisioner.testing.Bench;
import io.agentstation.provisioner.testing.NoBroker;
import io.agentstation.provisioner.testing.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.Acknowledgment;

class CommandListenerTest {

    private static final int PARTITIONS = 4;

    private final Deque<Runnable> turns = new ArrayDeque<>();
    private final Bench bench = new Bench(turns::add);
    private final CommandsInWork inWork = new CommandsInWork(2);
    private final List<Long> acknowledged = new ArrayList<>();
    private final List<Long> putOff = new ArrayList<>();
    private NoBroker noBroker;
    private CommandListener listener;

    @BeforeEach
    void listen() throws IOException {
        noBroker = new NoBroker();
        listener = new CommandListener(
                new CommandReader(PARTITIONS), bench.handler, inWork, new DeadLetters(noBroker.template(), inWork));
    }

    @AfterEach
    void close() {
        noBroker.close();
    }

    @Test
    void nothingIsAcknowledgedBeforeItsOutcomeIsPublished() {
        AgentCommand slow = Samples.provision(Samples.AGENT, "slow");
        hear(slow, 0);
        assertThat(acknowledged).isEmpty();

        turns.remove().run();

        assertThat(bench.observations.of(slow.commandId())).hasSize(1).allMatch(Applied.class::isInstance);
        assertThat(acknowledged).containsExactly(0L);
    }

    @Test
    void norWhenKafkaDidNotTakeTheOutcome() {
        AgentCommand slow = Samples.provision(Samples.AGENT, "slow");
        hear(slow, 0);
        bench.observations.refuse = true;
        turns.remove().run();
        assertThat(acknowledged).isEmpty();
        bench.observations.refuse = false;

        bench.retries.runAll();
        turns.remove().run();

        assertThat(bench.observations.of(slow.commandId())).hasSize(1).allMatch(Applied.class::isInstance);
        assertThat(acknowledged).containsExactly(0L);
    }

    @Test
    void norWhenItsActMeetsADefectAndNoDeadLetterCanBeWritten() {
        AgentCommand broken = Samples.provision(Samples.AGENT, "broken");
        hear(broken, 0);
        bench.observations.defect = true;

        turns.remove().run();

        assertThat(acknowledged).isEmpty();
    }

    @Test
    void anAnswerWithoutAnActIsAcknowledgedAtOnce() {
        hear(Samples.scale(Samples.AGENT, 3), 0);

        assertThat(acknowledged).containsExactly(0L);
    }

    @Test
    void withTooMuchInWorkTheNextIsPutOffUntouched() {
        hear(Samples.provision(Samples.AGENT, "slow"), 0);
        hear(Samples.scale(Samples.AGENT, 3), 1);
        hear(Samples.scale(Samples.AGENT, 4), 2);
        assertThat(putOff).containsExactly(2L);
        assertThat(bench.records.row(Samples.AGENT).spec().replicas()).isEqualTo(3);

        turns.remove().run();
        hear(Samples.scale(Samples.AGENT, 4), 2);

        assertThat(putOff).containsExactly(2L);
        assertThat(acknowledged).containsExactly(0L, 1L);
    }

    private void hear(AgentCommand command, long offset) {
        int partition = Partitions.of(command.agentId(), PARTITIONS);
        listener.onRecord(
                new ConsumerRecord<>(
                        "agent.commands", partition, offset, command.agentId().toString(), Wire.write(command)),
                new Acknowledgment() {
                    @Override
                    public void acknowledge() {
                        acknowledged.add(offset);
                    }

                    @Override
                    public void nack(Duration sleep) {
                        putOff.add(offset);
                    }
                });
    }
}
