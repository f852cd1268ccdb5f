package io.agentstation.telemetry.streams;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies: what the brokers did passes, and a new thread continues from the last commit;
 * what this process did wrong would only happen again, so it stops and its health says so.
 */
final class StreamsFailure implements StreamsUncaughtExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(StreamsFailure.class);

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        boolean isTransient = isTransient(failure);
        log.atError()
                .addKeyValue("transient", isTransient)
                .setCause(failure)
                .log(isTransient ? "stream thread failed, it is replaced" : "stream thread failed, it stops");
        return isTransient
                ? StreamThreadExceptionResponse.REPLACE_THREAD
                : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    static boolean isTransient(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isPermanent(cause)) {
                return false;
            }
            if (passes(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPermanent(Throwable cause) {
        return cause instanceof AuthenticationException
                || cause instanceof AuthorizationException
                || cause instanceof InvalidConfigurationException;
    }

    // An invalid transaction state is what a coordinator answers that came back without the transaction: seen after
    // a broker was killed by a full disk. Fencing and aborted transactions end a producer's life, but not its
    // successor's. A bare KafkaException is how the consumer passes on what it did not expect from the group's
    // coordinator; seen after a broker had stood still: "Unexpected error from SyncGroup: The coordinator is
    // loading".
    private static boolean passes(Throwable cause) {
        return cause.getClass().equals(KafkaException.class)
                || cause instanceof RetriableException
                || cause instanceof ApplicationRecoverableException
                || cause instanceof InvalidTxnStateException
                || cause instanceof TransactionAbortableException
                || cause instanceof TransactionAbortedException
                || cause instanceof TaskMigratedException
                || cause instanceof TaskCorruptedException;
    }
}
