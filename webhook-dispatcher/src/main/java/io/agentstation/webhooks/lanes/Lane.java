package io.agentstation.webhooks.lanes;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.LaneProgress;
import io.agentstation.store.webhooks.ScheduledRetry;
import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.webhooks.lanes.FreshMessages.Fresh;
import io.agentstation.webhooks.sending.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
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
final class Lane implements LaneAttempts.Followed {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private final LaneKey key;
    private final WorkspaceId workspace;
    private final ShardLanes shard;
    private final LaneTools tools;
    private final LaneWrites writes;
    private final EndpointGate gate;
    private final LaneAttempts attempts;
    private final WriteTurns turns = new WriteTurns(this::broke);
    private final FreshMessages fresh = new FreshMessages();
    private final WaitingRun waiting;
    private long matched;
    private long resolved;
    private boolean running;
    private boolean broken;

    Lane(LaneKey key, WorkspaceId workspace, LaneProgress progress, ShardLanes shard, LaneTools tools) {
        this.key = key;
        this.workspace = workspace;
        this.shard = shard;
        this.tools = tools;
        this.writes = new LaneWrites(key, shard.owner(), tools);
        this.gate = tools.gates().of(key.webhook());
        this.attempts = new LaneAttempts(tools, gate, shard::isClosed, this);
        this.resolved = progress.resolved();
        this.matched = Math.max(progress.matched(), resolved);
        this.waiting = new WaitingRun(
                key,
                this,
                writes,
                turns,
                shard.calendar(),
                gate,
                tools,
                new StoredMessages(key, workspace, tools.tables()),
                matched > resolved);
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
            return fresh.settlementOf(sequence)
                    .<CompletableFuture<?>>map(known -> known)
                    .orElseGet(turns::all);
        }
        WaitingMessage next = message.apply(matched);
        matched = sequence;
        if (waiting.isWaiting()) {
            return turns.next(() -> writes.store(List.of(next), sequence));
        }
        Fresh offered = fresh.add(next, webhook);
        if (!gate.isTrusted(tools.now())) {
            storeAll(firstRetry());
        } else if (!running) {
            begin(Attempt.first(next, webhook, tools.now()));
        }
        return offered.settled();
    }

    /** Stores what has been offered and is not done with; an attempt under way goes on. */
    synchronized void storeFresh() {
        if (!broken && !fresh.isEmpty()) {
            storeAll(firstRetry());
        }
    }

    /** Does so when the endpoint has not answered for this long, or is not to be waited for. */
    synchronized void storeWhatHangs(Duration patience) {
        boolean silent = attempts.isSilentFor(patience);
        if (silent) {
            gate.silent();
        }
        if (silent || !gate.isTrusted(tools.now())) {
            storeFresh();
        }
    }

    private ScheduledRetry firstRetry() {
        Instant now = tools.now();
        long sequence = fresh.first().orElseThrow().message().sequence();
        return new ScheduledRetry(key, workspace, now, sequence, 0, now);
    }

    private void storeAll(ScheduledRetry first) {
        List<Fresh> all = fresh.removeAll();
        waiting.waitFor(first);
        boolean tried = running;
        List<WaitingMessage> messages = all.stream().map(Fresh::message).toList();
        long upTo = matched;
        CompletableFuture<?> stored = turns.next(() -> writes.store(messages, first, upTo));
        var unused = stored.whenComplete((nothing, failure) -> {
            all.forEach(offered -> offered.settle(failure));
            if (failure == null && !tried) {
                shard.calendar().scheduled(first);
            }
        });
    }

    /** Goes on with what waits, now that its time has come. */
    synchronized void wake(ScheduledRetry entry) {
        waiting.wake(entry);
    }

    /**
     * Goes on with what waits for this time, which has not come: once.
     *
     * @return completes when an attempt has come to its endpoint's gate, or when there is none to be made
     */
    synchronized CompletableFuture<Void> wakeEarly(ScheduledRetry entry) {
        return waiting.wakeEarly(entry);
    }

    void begin(Attempt attempt) {
        start();
        attempts.begin(attempt);
        waiting.cameToTheGate();
    }

    void start() {
        running = true;
    }

    void stop() {
        running = false;
        waiting.forget();
    }

    boolean isBusy() {
        return broken || running;
    }

    long resolved() {
        return resolved;
    }

    /** Counts as done with what was taken and is found nowhere any more; up to where, if there is such. */
    OptionalLong skipped() {
        boolean missing = resolved < matched;
        resolved = matched;
        return missing ? OptionalLong.of(matched) : OptionalLong.empty();
    }

    /** Goes on unless the lane has ended meanwhile. */
    synchronized void guarded(Runnable step) {
        if (!broken) {
            step.run();
        }
    }

    @Override
    public synchronized void again(Attempt attempt, AttemptResult result, Instant at) {
        if (broken) {
            return;
        }
        ScheduledRetry before = waiting.retry();
        // A row of its own: it must not be forgotten together with the one that it replaces.
        Instant due = before != null && at.equals(before.due()) ? at.plusMillis(1) : at;
        ScheduledRetry next = new ScheduledRetry(
                key, workspace, due, attempt.message().sequence(), attempt.number(), attempt.firstAt());
        var unusedLog = turns.beside(writes.log(attempt, result, Outcome.RETRYING, due));
        stop();
        if (before == null) {
            storeAll(next);
        } else {
            waiting.waitAgain(before, next);
        }
    }

    @Override
    public void early(Attempt attempt, AttemptResult result) {
        guarded(() -> waiting.failedEarly(attempt, result));
    }

    @Override
    public CompletableFuture<?> done(Attempt attempt, AttemptResult result, Outcome outcome) {
        CompletableFuture<?> noted = writes.resolve(attempt, result, outcome, isStored());
        resolveWhen(noted, attempt.message().sequence());
        return noted;
    }

    private synchronized boolean isStored() {
        return waiting.retry() != null;
    }

    /** Goes on with the next message once it is noted that those up to this one are done with. */
    void resolveWhen(CompletableFuture<?> noted, long sequence) {
        var unused = noted.whenComplete((nothing, failure) -> {
            if (failure == null) {
                guarded(() -> next(sequence));
            } else {
                broke(failure);
            }
        });
    }

    private void next(long sequence) {
        resolved = Math.max(resolved, sequence);
        if (waiting.retry() != null) {
            waiting.goOn();
            return;
        }
        fresh.removeFirst().settle(null);
        running = false;
        fresh.first().ifPresent(next -> {
            if (gate.isTrusted(tools.now())) {
                begin(Attempt.first(next.message(), next.webhook(), tools.now()));
            } else {
                storeAll(firstRetry());
            }
        });
    }

    @Override
    public void broke(Throwable failure) {
        List<Fresh> unsettled;
        @Nullable ScheduledRetry entry;
        synchronized (this) {
            if (broken) {
                return;
            }
            broken = true;
            stop();
            unsettled = fresh.removeAll();
            entry = waiting.retry();
        }
        log.atWarn().addKeyValue("lane", key).setCause(failure).log("A lane ends and is made anew from the store");
        unsettled.forEach(offered -> offered.settle(failure));
        shard.broke(key, this, entry);
    }

    /** Ends a lane in which nothing happens; false when something does. */
    synchronized boolean retire() {
        if (!broken && !running && fresh.isEmpty() && turns.all().isDone()) {
            broken = true;
            return true;
        }
        return false;
    }
}
