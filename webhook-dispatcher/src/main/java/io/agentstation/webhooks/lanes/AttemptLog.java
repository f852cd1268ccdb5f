package io.agentstation.webhooks.lanes;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.webhooks.sending.AttemptResult;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes what became of every attempt, and counts it. */
public final class AttemptLog {

    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    private final DeliveryLog log;
    private final HourCounts counts;

    public AttemptLog(DeliveryLog log, HourCounts counts) {
        this.log = log;
        this.counts = counts;
    }

    /** Logs an attempt under a fresh id. */
    CompletableFuture<?> write(
            UUID webhook,
            AgentId agent,
            WaitingMessage message,
            int attempt,
            AttemptResult result,
            Outcome outcome,
            @Nullable Instant nextAttemptAt) {
        return write(IDS.generate(), webhook, agent, message, attempt, result, outcome, nextAttemptAt);
    }

    /** Logs the one attempt with an example, under the id that its asker knows. */
    public CompletableFuture<?> writeExample(UUID id, UUID webhook, WaitingMessage example, AttemptResult result) {
        Outcome outcome = result.kind() == AttemptResult.Kind.DELIVERED ? Outcome.DELIVERED : Outcome.FAILED;
        return write(id, webhook, null, example, 1, result, outcome, null);
    }

    private CompletableFuture<?> write(
            UUID id,
            UUID webhook,
            @Nullable AgentId agent,
            WaitingMessage message,
            int attempt,
            AttemptResult result,
            Outcome outcome,
            @Nullable Instant nextAttemptAt) {
        counts.add(webhook, outcome, result.latency());
        return log.write(new DeliveryAttempt(
                        webhook,
                        id,
                        message.messageId(),
                        message.event(),
                        agent,
                        message.sequence(),
                        message.body(),
                        attempt,
                        outcome,
                        result.status(),
                        result.latency().toMillis(),
                        result.answer(),
                        result.error(),
                        nextAttemptAt))
                .toCompletableFuture();
    }
}
