package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.store.webhooks.ScheduledRetry;
import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.webhooks.sending.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one lane, in the order that survives a crash between any two: first the message, then when it is tried, then
 * that it was taken; a retry's successor before it is forgotten.
 */
final class LaneWrites {

    private final LaneKey lane;
    private final RetryOwner owner;
    private final LaneTables tables;
    private final AttemptLog log;

    LaneWrites(LaneKey lane, RetryOwner owner, LaneTables tables, AttemptLog log) {
        this.lane = lane;
        this.owner = owner;
        this.tables = tables;
        this.log = log;
    }

    /** Stores messages in a lane that waits already. */
    CompletableFuture<?> store(List<WaitingMessage> messages, long matched) {
        return rows(messages)
                .thenCompose(stored -> tables.progress().matched(lane, matched))
                .toCompletableFuture();
    }

    /** Stores messages, and when the lane is tried. */
    CompletableFuture<?> store(List<WaitingMessage> messages, ScheduledRetry retry, long matched) {
        return rows(messages)
                .thenCompose(stored -> tables.schedule().write(owner, retry))
                .thenCompose(scheduled -> tables.progress().matched(lane, matched))
                .toCompletableFuture();
    }

    private CompletableFuture<?> rows(List<WaitingMessage> messages) {
        return CompletableFuture.allOf(messages.stream()
                .map(message -> tables.messages().write(lane, message).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    CompletableFuture<?> reschedule(ScheduledRetry before, ScheduledRetry next) {
        return tables.schedule()
                .write(owner, next)
                .thenCompose(scheduled -> tables.schedule().remove(owner, before))
                .toCompletableFuture();
    }

    CompletableFuture<?> unschedule(ScheduledRetry retry) {
        return tables.schedule().remove(owner, retry).toCompletableFuture();
    }

    /** Notes that a message that was not stored is done with. */
    CompletableFuture<?> resolveUnstored(long sequence) {
        return tables.progress().matchedAndResolved(lane, sequence).toCompletableFuture();
    }

    /** Notes that everything up to a stored message is done with. */
    CompletableFuture<?> resolveStored(long sequence) {
        return CompletableFuture.allOf(
                tables.progress().resolved(lane, sequence).toCompletableFuture(),
                tables.messages().removeUpTo(lane, sequence).toCompletableFuture());
    }

    CompletableFuture<?> log(Attempt attempt, AttemptResult result, Outcome outcome, @Nullable Instant next) {
        return log.write(
                attempt.webhook().id(), lane.agent(), attempt.message(), attempt.number(), result, outcome, next);
    }

    /** Logs messages that are given up without an attempt. */
    CompletableFuture<?> logUnsent(UUID webhook, List<WaitingMessage> messages, String why) {
        AttemptResult none = new AttemptResult(AttemptResult.Kind.FAILED, null, Duration.ZERO, "", why, null);
        return CompletableFuture.allOf(messages.stream()
                .map(message -> log.write(webhook, lane.agent(), message, 0, none, Outcome.FAILED, null))
                .toArray(CompletableFuture[]::new));
    }
}
