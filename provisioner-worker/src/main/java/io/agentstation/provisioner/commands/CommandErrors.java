package io.agentstation.provisioner.commands;

import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.MalformedMessage;
import io.agentstation.provisioner.observations.ObservationsUnavailable;
import io.agentstation.store.session.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What becomes of a command that could not be handled: poison goes to the dead-letter topic at once; while Cassandra or
 * Kafka is away it is tried until they are back, never skipped; a defect gets a few tries, then the dead-letter topic, for
 * one broken command must not stop its partition.
 */
final class CommandErrors {

    // Each wait is spent in the consumer's thread: far below max.poll.interval.ms (5 min).
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final int TRIES_OF_A_DEFECT = 3;

    private CommandErrors() {}

    static DefaultErrorHandler handler(KafkaOperations<String, byte[]> kafka) {
        DefaultErrorHandler handler = new DefaultErrorHandler(deadLetters(kafka), untilItPasses());
        handler.setBackOffFunction((received, failure) -> isPassing(failure) ? null : aFewTries());
        handler.addNotRetryableExceptions(MalformedMessage.class);
        return handler;
    }

    private static DeadLetterPublishingRecoverer deadLetters(KafkaOperations<String, byte[]> kafka) {
        DeadLetterPublishingRecoverer recoverer =
                new DeadLetterPublishingRecoverer(kafka, (received, failure) -> deadLetterOf(received));
        recoverer.addHeadersFunction((received, failure) -> {
            var headers = new org.apache.kafka.common.header.internals.RecordHeaders();
            headers.add(new RecordHeader(RecordHeaders.REASON, reason(failure).getBytes(StandardCharsets.UTF_8)));
            return headers;
        });
        return recoverer;
    }

    private static TopicPartition deadLetterOf(ConsumerRecord<?, ?> received) {
        return new TopicPartition(Topic.COMMANDS.deadLetterName(), received.partition());
    }

    private static String reason(Exception failure) {
        Throwable cause = cause(failure);
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    static boolean isPassing(Exception failure) {
        Throwable cause = cause(failure);
        return cause instanceof StoreUnavailable
                || cause instanceof ObservationsUnavailable
                || cause instanceof KafkaException
                || cause instanceof org.springframework.kafka.KafkaException;
    }

    private static Throwable cause(Exception failure) {
        @Nullable Throwable cause = failure instanceof ListenerExecutionFailedException ? failure.getCause() : null;
        return cause != null ? cause : failure;
    }

    private static BackOff untilItPasses() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_WAIT.toMillis(), 2);
        backOff.setMaxInterval(LONGEST_WAIT.toMillis());
        return backOff;
    }

    private static BackOff aFewTries() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_WAIT.toMillis(), 2);
        backOff.setMaxAttempts(TRIES_OF_A_DEFECT);
        return backOff;
    }
}
