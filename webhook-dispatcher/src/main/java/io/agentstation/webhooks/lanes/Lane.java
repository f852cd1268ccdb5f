package io.agentstation.webhooks.lanes;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.LaneProgress;
import io.agentstation.store.webhooks.ScheduledRetry;
import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.webhooks.sending.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane at work: at most one attempt at a time, the next message only when the one before is done with.
 *
 * <p>What is offered to a lane at rest is tried at once, and is settled when it is delivered, or stored because that failed
 * or took long. From then on the lane waits: all that is offered is stored behind, and tried from the store when its time
 * comes, until nothing is left there. Whatever cannot be written breaks the lane: it ends, and another is made from the store.
 * Its monitor guards its state and is never held while anything is waited for.
 */
final class Lane {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final int BATCH = 16;
    private static final Duration LONGEST_HOLD = Duration.ofHours(24);

    private record Fresh(WaitingMessage message, Webhook webhook, CompletableFuture<Void> settled) {}

    private final LaneKey key;
    private final WorkspaceId workspace;
    private final ShardLanes shard;
    private final LaneTools tools;
    private final LaneWrites writes;
    private final EndpointGate gate;
    private final Deque<Fresh> fresh = new ArrayDeque<>();
    private final Deque<WaitingMessage> loaded = new ArrayDeque<>();
    private long matched;
    private long resolved;
    private boolean running;
    private boolean asleep;
    private boolean broken;
    private int stores;
    private @Nullable ScheduledRetry retry;
    private @Nullable Webhook endpoint;
    private CompletableFuture<?> stored = CompletableFuture.completedFuture(null);

    Lane(LaneKey key, WorkspaceId workspace, LaneProgress progress, ShardLanes shard, LaneTools tools) {
        this.key = key;
        this.workspace = workspace;
        this.shard = shard;
        this.tools = tools;
        this.writes = new LaneWrites(key, shard.owner(), tools.tables(), tools.log());
        this.gate = tools.gates().of(key.webhook());
        this.resolved = progress.resolved();
        this.matched = Math.max(progress.matched(), resolved);
        // Something waits in the store; when, the schedule says.
        this.asleep = matched > resolved;
    }

    /**
     * Takes a message.
     *
     * @return completes when it is delivered, given up or stored; when it has failed it is to be offered again. A message that
     *     was taken before is not taken twice
     */
    synchronized CompletableFuture<?> offer(Webhook webhook, long sequence, LongFunction<WaitingMessage> message) {
        if (broken) {
            return CompletableFuture.failedFuture(new LaneBroken("lane " + key + " has ended", null));
        }
        if (sequence <= matched) {
            return settlementOf(sequence);
        }
        WaitingMessage next = message.apply(matched);
        matched = sequence;
        if (retry != null || asleep) {
            return remember(inTurn(() -> writes.store(List.of(next), sequence)));
        }
        Fresh offered = new Fresh(next, webhook, new CompletableFuture<>());
        fresh.add(offered);
        if (!gate.isTrusted(tools.now())) {
            storeFresh(firstRetry());
        } else if (!running) {
            begin(new Attempt(next, webhook, 0, tools.now()));
        }
        return offered.settled();
    }

    private CompletableFuture<?> settlementOf(long sequence) {
        return fresh.stream()
                .filter(offered -> offered.message().sequence() == sequence)
                .<CompletableFuture<?>>map(Fresh::settled)
                .findFirst()
                .orElse(stored);
    }

    /** Stores what has been offered and is not done with; an attempt under way goes on. */
    synchronized void storeFresh() {
        if (!broken && !fresh.isEmpty()) {
            storeFresh(firstRetry());
        }
    }

    private ScheduledRetry firstRetry() {
        Instant now = tools.now();
        return new ScheduledRetry(key, workspace, now, fresh.element().message().sequence(), 0, now);
    }

    private void storeFresh(ScheduledRetry first) {
        List<Fresh> all = List.copyOf(fresh);
        fresh.clear();
        retry = first;
        shard.calendar().opened(first);
        boolean tried = running;
        List<WaitingMessage> messages = all.stream().map(Fresh::message).toList();
        long upTo = matched;
        CompletableFuture<?> done = remember(inTurn(() -> writes.store(messages, first, upTo)));
        var unused = done.whenComplete((nothing, failure) -> {
            all.forEach(offered -> settle(offered, failure));
            if (failure == null && !tried) {
                shard.calendar().scheduled(first);
            }
        });
    }

    private static void settle(Fresh offered, @Nullable Throwable failure) {
        if (failure == null) {
            offered.settled().complete(null);
        } else {
            offered.settled().completeExceptionally(failure);
        }
    }

    // One after another: what says that a message was taken must never be there before the messages before it.
    private CompletableFuture<?> inTurn(Supplier<CompletableFuture<?>> write) {
        return stored.thenCompose(nothing -> write.get());
    }

    private CompletableFuture<?> remember(CompletableFuture<?> writing) {
        stores++;
        stored = CompletableFuture.allOf(stored, writing);
        return writing.whenComplete((nothing, failure) -> breakIf(failure));
    }

    private void begin(Attempt attempt) {
        running = true;
        gate.enter(() -> send(attempt));
    }

    private void send(Attempt attempt) {
        if (shard.isClosed()) {
            gate.left();
            breakIf(new LaneBroken("partition " + shard.owner() + " is another dispatcher's now", null));
            return;
        }
        // Composed, so that a sender that throws ends the attempt as one that fails does.
        var unused = CompletableFuture.completedFuture(attempt.message())
                .thenCompose(message -> tools.sender().send(attempt.webhook(), message.messageId(), message.body()))
                .whenComplete((result, defect) -> {
                    if (defect == null) {
                        gate.ended(result.kind() == AttemptResult.Kind.DELIVERED, result.latency());
                        ended(attempt, result);
                    } else {
                        gate.ended(false, Duration.ZERO);
                        breakIf(defect);
                    }
                });
    }

    private void ended(Attempt attempt, AttemptResult result) {
        switch (result.kind()) {
            case DELIVERED -> {
                tools.health().succeeded(attempt.webhook(), tools.now());
                resolve(attempt, result, Outcome.DELIVERED);
            }
            case FAILED -> failed(attempt, result);
            case GONE -> gone(attempt, result);
        }
    }

    private void failed(Attempt attempt, AttemptResult result) {
        Instant now = tools.now();
        tools.health().failed(attempt.webhook(), now);
        Duration asked = result.retryAfter() == null ? Duration.ZERO : result.retryAfter();
        if (!asked.isZero()) {
            gate.hold(now.plus(asked.compareTo(LONGEST_HOLD) < 0 ? asked : LONGEST_HOLD));
        }
        Optional<Instant> due = tools.policy().next(attempt.number(), attempt.firstAt(), now, asked);
        if (due.isPresent()) {
            tryAgain(attempt, result, due.get());
        } else {
            resolve(attempt, result, Outcome.FAILED);
        }
    }

    private void gone(Attempt attempt, AttemptResult result) {
        var unused = CompletableFuture.runAsync(
                        () -> tools.health().disable(attempt.webhook(), "the receiver answered 410 Gone"),
                        tools.executor())
                .whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        resolve(attempt, result, Outcome.FAILED);
                    } else {
                        breakIf(failure);
                    }
                });
    }

    private synchronized void tryAgain(Attempt attempt, AttemptResult result, Instant at) {
        if (broken) {
            return;
        }
        ScheduledRetry before = retry;
        // A row of its own: it must not be forgotten together with the one that it replaces.
        Instant due = before != null && !at.isAfter(before.due()) ? before.due().plusMillis(1) : at;
        ScheduledRetry next = new ScheduledRetry(
                key, workspace, due, attempt.message().sequence(), attempt.number(), attempt.firstAt());
        var unusedLog = remember(writes.log(attempt, result, Outcome.RETRYING, due));
        running = false;
        loaded.clear();
        if (before == null) {
            storeFresh(next);
        } else {
            retry = next;
            shard.calendar().opened(next);
            var unused = remember(inTurn(() -> writes.reschedule(before, next))).thenRun(() -> {
                shard.calendar().closed(before);
                shard.calendar().scheduled(next);
            });
        }
    }

    private void resolve(Attempt attempt, AttemptResult result, Outcome outcome) {
        long sequence = attempt.message().sequence();
        CompletableFuture<?> moved = waits() ? writes.resolveStored(sequence) : writes.resolveUnstored(sequence);
        var unused = CompletableFuture.allOf(moved, writes.log(attempt, result, outcome, null))
                .whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        resolved(sequence);
                    } else {
                        breakIf(failure);
                    }
                });
    }

    private synchronized boolean waits() {
        return retry != null;
    }

    private synchronized void resolved(long sequence) {
        if (broken) {
            return;
        }
        resolved = Math.max(resolved, sequence);
        if (retry != null) {
            goOnFromTheStore();
            return;
        }
        fresh.remove().settled().complete(null);
        Fresh next = fresh.peek();
        running = next != null;
        if (next != null && gate.isTrusted(tools.now())) {
            begin(new Attempt(next.message(), next.webhook(), 0, tools.now()));
        } else if (next != null) {
            running = false;
            storeFresh(firstRetry());
        }
    }

    /** Goes on with what waits, now that its time has come. */
    synchronized void wake(ScheduledRetry entry) {
        if (broken || (running && retry == null)) {
            // Tried while what it stands for was stored, and then lost to a crash; or made anew from the store.
            shard.calendar().later(entry, tools.now().plusSeconds(1));
        } else if (retry != null && !retry.equals(entry)) {
            var unused = writes.unschedule(entry).thenRun(() -> shard.calendar().closed(entry));
        } else if (!running) {
            retry = entry;
            asleep = false;
            running = true;
            goOnFromTheStore();
        }
    }

    private void goOnFromTheStore() {
        if (!loaded.isEmpty()) {
            tryNext();
            return;
        }
        int seen = stores;
        long from = resolved;
        var unused = stored.thenCompose(nothing -> tools.tables().messages().after(key, from, BATCH))
                .thenApplyAsync(waiting -> found(waiting, seen), tools.executor())
                .whenComplete((nothing, failure) -> breakIf(failure));
    }

    private boolean found(List<WaitingMessage> waiting, int seen) {
        Optional<Webhook> webhook = tools.tables().webhooks().find(workspace, key.webhook());
        synchronized (this) {
            if (broken) {
                return false;
            }
            if (waiting.isEmpty()) {
                rest(seen);
            } else if (webhook.filter(Webhook::enabled).isPresent()) {
                endpoint = webhook.get();
                loaded.addAll(waiting);
                tryNext();
            } else {
                giveUp(waiting, webhook.isPresent());
            }
            return true;
        }
    }

    private void tryNext() {
        ScheduledRetry entry = java.util.Objects.requireNonNull(retry, "a lane that waits has a retry");
        Instant now = tools.now();
        if (gate.holdUntil().isAfter(now)) {
            running = false;
            loaded.clear();
            shard.calendar().later(entry, gate.holdUntil());
            return;
        }
        WaitingMessage head = loaded.remove();
        boolean again = entry.attempts() > 0 && entry.sequence() == head.sequence();
        Webhook webhook = java.util.Objects.requireNonNull(endpoint, "read with the messages");
        begin(
                again
                        ? new Attempt(head, webhook, entry.attempts(), entry.firstAttemptAt())
                        : new Attempt(head, webhook, 0, now));
    }

    private void giveUp(List<WaitingMessage> waiting, boolean exists) {
        long last = waiting.get(waiting.size() - 1).sequence();
        CompletableFuture<?> logged = exists
                ? writes.logUnsent(key.webhook(), waiting, "not sent: the subscription is disabled")
                : CompletableFuture.completedFuture(null);
        var unused = CompletableFuture.allOf(logged, writes.resolveStored(last)).whenComplete((nothing, failure) -> {
            if (failure == null) {
                resolved(last);
            } else {
                breakIf(failure);
            }
        });
    }

    private void rest(int seen) {
        if (stores != seen) {
            goOnFromTheStore();
            return;
        }
        ScheduledRetry entry = java.util.Objects.requireNonNull(retry, "a lane that waits has a retry");
        if (resolved < matched) {
            log.atWarn()
                    .addKeyValue("lane", key)
                    .addKeyValue("from", resolved)
                    .addKeyValue("to", matched)
                    .log("Messages of a lane are no longer stored: they were kept for 30 days");
            resolved = matched;
            var unusedResolved = remember(writes.resolveStored(matched));
        }
        retry = null;
        running = false;
        var unused = writes.unschedule(entry).thenRun(() -> shard.calendar().closed(entry));
    }

    private void breakIf(@Nullable Throwable failure) {
        if (failure == null) {
            return;
        }
        List<Fresh> unsettled;
        ScheduledRetry entry;
        synchronized (this) {
            if (broken) {
                return;
            }
            broken = true;
            unsettled = List.copyOf(fresh);
            fresh.clear();
            entry = retry;
        }
        log.atWarn().addKeyValue("lane", key).setCause(failure).log("A lane ends and is made anew from the store");
        unsettled.forEach(offered -> settle(offered, failure));
        shard.broke(key, this, entry);
    }

    /** Ends a lane in which nothing happens; false when something does. */
    synchronized boolean retire() {
        if (!broken && !running && fresh.isEmpty() && stored.isDone()) {
            broken = true;
            return true;
        }
        return false;
    }
}
