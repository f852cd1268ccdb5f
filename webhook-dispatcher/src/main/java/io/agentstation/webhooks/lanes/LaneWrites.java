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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one lane, in the order that survives a crash between any two: first the message, then when it is tried, then
 * that it was taken; a retry's successor before it is forgotten.
 */
final class LaneWrites {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final LaneKey lane;
    private final RetryOwner owner;
    private final LaneTools tools;
    private final LaneTables tables;
    private final AttemptLog log;

    LaneWrites(LaneKey lane, RetryOwner owner, LaneTools tools) {
        this.lane = lane;
        this.owner = owner;
        this.tools = tools;
        this.tables = tools.tables();
        this.log = tools.log();
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
                .thenCompose(stored -> schedule(retry))
                .thenCompose(scheduled -> tables.progress().matched(lane, matched))
                .toCompletableFuture();
    }

    private CompletableFuture<?> rows(List<WaitingMessage> messages) {
        return CompletableFuture.allOf(messages.stream()
                .map(message -> tables.messages().write(lane, message).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    CompletableFuture<?> reschedule(ScheduledRetry before, ScheduledRetry next) {
        return schedule(next)
                .thenCompose(scheduled -> tables.schedule().remove(owner, before))
                .toCompletableFuture();
    }

    /** What comes due soon needs no hint that it waits; a hint expires when its retry comes due. */
    private CompletableFuture<?> schedule(ScheduledRetry retry) {
        CompletableFuture<?> scheduled = tables.schedule().write(owner, retry).toCompletableFuture();
        Duration wait = Duration.between(tools.now(), retry.due());
        return wait.compareTo(SOON) < 0
                ? scheduled
                : CompletableFuture.allOf(
                        scheduled, tables.waiting().write(owner, retry, wait).toCompletableFuture());
    }

    CompletableFuture<?> unschedule(ScheduledRetry retry) {
        CompletableFuture<?> removed = tables.schedule().remove(owner, retry).toCompletableFuture();
        return retry.due().isAfter(tools.now())
                ? CompletableFuture.allOf(
                        removed, tables.waiting().remove(owner, lane).toCompletableFuture())
                : removed;
    }

    /** Logs the last attempt with a message, and notes that everything up to it is done with. */
    CompletableFuture<?> resolve(Attempt attempt, AttemptResult result, Outcome outcome, boolean stored) {
        long sequence = attempt.message().sequence();
        CompletableFuture<?> moved = stored
                ? resolveStored(sequence)
                : tables.progress().matchedAndResolved(lane, sequence).toCompletableFuture();
        return CompletableFuture.allOf(moved, log(attempt, result, outcome, null));
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

    /** Logs that messages are given up without an attempt, unless the subscription is gone, and that they are done with. */
    CompletableFuture<?> giveUp(StoredMessages.Found found) {
        AttemptResult none = new AttemptResult(
                AttemptResult.Kind.FAILED, null, Duration.ZERO, "", "not sent: the subscription is disabled", null);
        Stream<CompletableFuture<?>> logged = found.webhook().stream()
                .flatMap(webhook -> found.messages().stream()
                        .map(message -> log.write(webhook.id(), lane.agent(), message, 0, none, Outcome.FAILED, null)));
        return CompletableFuture.allOf(
                Stream.concat(logged, Stream.of(resolveStored(found.last()))).toArray(CompletableFuture[]::new));
    }
}
