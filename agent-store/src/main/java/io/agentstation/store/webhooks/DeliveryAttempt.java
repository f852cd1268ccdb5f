package io.agentstation.store.webhooks;

import io.agentstation.contracts.ids.AgentId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver a message, as it is logged.
 *
 * @param id            a UUIDv7 of the moment at which the attempt ended
 * @param messageId     the header {@code webhook-id}, the same in every attempt
 * @param agent         null of an example
 * @param attempt       its number, from 1; 0 when the message was given up without one
 * @param statusCode    of the answer; null without one
 * @param answer        the first KB of it
 * @param error         why it did not succeed, or null
 * @param nextAttemptAt when the message is tried again, or null
 */
public record DeliveryAttempt(
        UUID webhook,
        UUID id,
        String messageId,
        String event,
        @Nullable AgentId agent,
        long sequence,
        String body,
        int attempt,
        Outcome outcome,
        @Nullable Integer statusCode,
        long latencyMs,
        String answer,
        @Nullable String error,
        @Nullable Instant nextAttemptAt) {

    /** What became of the message by this attempt. */
    public enum Outcome {
        /** The receiver has it. */
        DELIVERED,
        /** It is tried again. */
        RETRYING,
        /** It was given up. */
        FAILED
    }

    /** When the attempt ended: the time in its id (RFC 9562), in milliseconds. */
    public Instant at() {
        return timeOf(id);
    }

    static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
