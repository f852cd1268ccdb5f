package io.agentstation.provisioner.commands;

import io.agentstation.contracts.wire.MalformedMessage;
import io.agentstation.provisioner.observations.ObservationsUnavailable;
import io.agentstation.store.session.StoreUnavailable;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.listener.DefaultErrorHandler;
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

    static DefaultErrorHandler handler(DeadLetters deadLetters) {
        DefaultErrorHandler handler = new DefaultErrorHandler(deadLetters::publish, untilItPasses());
        handler.setBackOffFunction((received, failure) -> isPassing(failure) ? null : aFewTries());
        handler.addNotRetryableExceptions(MalformedMessage.class);
        // The container would commit it, and with it what is in work before it.
        handler.setAckAfterHandle(false);
        return handler;
    }

    static boolean isPassing(Exception failure) {
        Throwable cause = DeadLetters.cause(failure);
        return cause instanceof StoreUnavailable
                || cause instanceof ObservationsUnavailable
                || cause instanceof KafkaException
                || cause instanceof org.springframework.kafka.KafkaException;
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
