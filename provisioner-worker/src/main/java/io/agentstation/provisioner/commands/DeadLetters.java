package io.agentstation.provisioner.commands;

import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

/** Where commands go that cannot be handled, with the reason in a header; only then are they done with. */
final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final DeadLetterPublishingRecoverer topic;
    private final CommandsInWork inWork;

    DeadLetters(KafkaOperations<String, byte[]> kafka, CommandsInWork inWork) {
        this.topic = new DeadLetterPublishingRecoverer(kafka, (received, failure) -> deadLetterOf(received));
        this.inWork = inWork;
        topic.addHeadersFunction((received, failure) -> {
            var headers = new org.apache.kafka.common.header.internals.RecordHeaders();
            headers.add(new RecordHeader(RecordHeaders.REASON, reason(failure).getBytes(StandardCharsets.UTF_8)));
            return headers;
        });
    }

    /**
     * Waits until Kafka has it.
     *
     * @throws org.springframework.kafka.KafkaException when Kafka does not acknowledge it; can be repeated
     */
    void publish(ConsumerRecord<?, ?> received, Exception failure) {
        topic.accept(received, failure);
        inWork.finish(received);
    }

    /** The same for a command that nobody waits for; one that Kafka does not take stays uncommitted, and is read again. */
    void put(ConsumerRecord<?, ?> received, Throwable defect) {
        log.atError()
                .addKeyValue("partition", received.partition())
                .addKeyValue("offset", received.offset())
                .setCause(defect)
                .log("Defect while a command was handled");
        try {
            publish(received, defect instanceof Exception failure ? failure : new IllegalStateException(defect));
        } catch (org.springframework.kafka.KafkaException e) {
            log.atError()
                    .addKeyValue("partition", received.partition())
                    .addKeyValue("offset", received.offset())
                    .setCause(e)
                    .log("The dead-letter topic does not take a command; whoever reads the partition next tries again");
        }
    }

    private static TopicPartition deadLetterOf(ConsumerRecord<?, ?> received) {
        return new TopicPartition(Topic.COMMANDS.deadLetterName(), received.partition());
    }

    private static String reason(Exception failure) {
        Throwable cause = cause(failure);
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    /** What the listener threw, without the container's wrapper. */
    static Throwable cause(Exception failure) {
        @Nullable Throwable cause = failure instanceof ListenerExecutionFailedException ? failure.getCause() : null;
        return cause != null ? cause : failure;
    }
}
