package io.agentstation.provisioner.commands;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.wire.MalformedMessage;
import io.agentstation.contracts.wire.Wire;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Decodes records of {@code agent.commands}, and refuses what was not put there by the rules. */
final class CommandReader {

    private final int partitionCount;

    CommandReader(int partitionCount) {
        this.partitionCount = partitionCount;
    }

    /**
     * The record's command.
     *
     * @throws MalformedMessage when it isn't one, or has another key than its agent, or lies in a foreign partition
     */
    AgentCommand read(ConsumerRecord<String, byte[]> received) {
        byte @Nullable [] value = received.value();
        if (value == null) {
            throw new MalformedMessage("a command was expected, not an empty record", null);
        }
        AgentCommand command = Wire.read(value, AgentCommand.class);
        String agent = command.agentId().toString();
        if (!agent.equals(received.key())) {
            throw new MalformedMessage("the key must be the agent's id " + agent + ": " + received.key(), null);
        }
        int home = Partitions.of(command.agentId(), partitionCount);
        if (home != received.partition()) {
            throw new MalformedMessage(
                    "foreign partition: agent " + agent + " belongs to partition " + home + ", not "
                            + received.partition(),
                    null);
        }
        return command;
    }
}
