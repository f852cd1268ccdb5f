package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.webhooks.DeliveryAttempt;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One attempt as it is shown. */
record DeliveryView(
        UUID id,
        Instant timestamp,
        String messageId,
        String event,
        @Nullable AgentId agentUuid,
        long sequence,
        int attempt,
        String outcome,
        @Nullable Integer statusCode,
        long latencyMs,
        String answer,
        @Nullable String error,
        @Nullable Instant nextAttemptAt) {

    static DeliveryView of(DeliveryAttempt attempt) {
        return new DeliveryView(
                attempt.id(),
                attempt.at(),
                attempt.messageId(),
                attempt.event(),
                attempt.agent(),
                attempt.sequence(),
                attempt.attempt(),
                attempt.outcome().name().toLowerCase(Locale.ROOT),
                attempt.statusCode(),
                attempt.latencyMs(),
                attempt.answer(),
                attempt.error(),
                attempt.nextAttemptAt());
    }
}
