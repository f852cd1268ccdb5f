package io.agentstation.provisioner.commands;

import io.agentstation.contracts.commands.AgentCommand;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to {@code agent.commands}; a record's offset is committed when its outcome is published, never before. */
@Component
final class CommandListener {

    static final String ID = "commands";

    private final CommandReader reader;
    private final CommandHandler handler;

    CommandListener(CommandReader reader, CommandHandler handler) {
        this.reader = reader;
        this.handler = handler;
    }

    @KafkaListener(
            id = ID,
            idIsGroup = false,
            topics = "#{T(io.agentstation.contracts.topics.Topic).COMMANDS.topicName()}")
    void onRecord(ConsumerRecord<String, byte[]> received) {
        AgentCommand command = reader.read(received);
        handler.handle(command, received.partition(), received.offset());
    }
}
