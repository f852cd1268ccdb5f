package io.agentstation.provisioner.commands;

import io.agentstation.contracts.commands.AgentCommand;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

/**
 * Listens to {@code agent.commands}; many commands are in work at once. A record's offset is committed when its outcome and
 * those of all before it are published, never before.
 */
@Component
final class CommandListener {

    static final String ID = "commands";

    // No longer, so that the consumer takes part in its group whatever the cluster does.
    private static final Duration WAIT_FOR_ROOM = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final CommandReader reader;
    private final CommandHandler handler;
    private final CommandsInWork inWork;
    private final DeadLetters deadLetters;

    CommandListener(CommandReader reader, CommandHandler handler, CommandsInWork inWork, DeadLetters deadLetters) {
        this.reader = reader;
        this.handler = handler;
        this.inWork = inWork;
        this.deadLetters = deadLetters;
    }

    @KafkaListener(
            id = ID,
            idIsGroup = false,
            topics = "#{T(io.agentstation.contracts.topics.Topic).COMMANDS.topicName()}")
    void onRecord(ConsumerRecord<String, byte[]> received, Acknowledgment acknowledgment) {
        if (!inWork.hasRoom(WAIT_FOR_ROOM)) {
            acknowledgment.nack(PAUSE);
            return;
        }
        CommandsInWork.Command begun = inWork.begin(received, acknowledgment);
        AgentCommand command = reader.read(received);
        var unused = handler.handle(command, received.partition(), received.offset())
                .whenComplete((done, defect) -> end(received, begun, defect));
    }

    private void end(
            ConsumerRecord<String, byte[]> received, CommandsInWork.Command begun, @Nullable Throwable defect) {
        if (defect == null) {
            begun.finish();
        } else {
            deadLetters.put(received, defect);
        }
    }
}
