package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.ScheduledRetry;
import io.agentstation.webhooks.lanes.StoredMessages.Found;
import io.agentstation.webhooks.sending.AttemptResult;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a lane that waits: for which retry, and how what is stored is tried when its time comes, or once before that,
 * until nothing is left. Guarded by the lane's monitor.
 */
final class WaitingRun {

    private static final Logger log = LoggerFactory.getLogger(WaitingRun.class);

    private final LaneKey key;
    private final Lane lane;
    private final LaneWrites writes;
    private final WriteTurns turns;
    private final RetryCalendar calendar;
    private final EndpointGate gate;
    private final LaneTools tools;
    private final StoredMessages stored;
    private boolean asleep;
    private boolean early;
    private @Nullable ScheduledRetry retry;
    private @Nullable ScheduledRetry triedEarly;
    private CompletableFuture<Void> wokenEarly = CompletableFuture.completedFuture(null);

    /**
     * The waiting part of a lane.
     *
     * @param asleep whether something is stored for which the schedule, not this, knows the time
     */
    WaitingRun(
            LaneKey key,
            Lane lane,
            LaneWrites writes,
            WriteTurns turns,
            RetryCalendar calendar,
            EndpointGate gate,
            LaneTools tools,
            StoredMessages stored,
            boolean asleep) {
        this.key = key;
        this.lane = lane;
        this.writes = writes;
        this.turns = turns;
        this.calendar = calendar;
        this.gate = gate;
        this.tools = tools;
        this.stored = stored;
        this.asleep = asleep;
    }

    /** Whether what comes has to be stored behind what is stored. */
    boolean isWaiting() {
        return retry != null || asleep;
    }

    /** Whether what is under way is stored, and for which retry. */
    @Nullable
    ScheduledRetry retry() {
        return retry;
    }

    /** Begins to wait. */
    void waitFor(ScheduledRetry first) {
        retry = first;
        calendar.opened(first);
    }

    /** Waits for the next time, once both are stored. */
    void waitAgain(ScheduledRetry before, ScheduledRetry next) {
        waitFor(next);
        var unused = turns.next(() -> writes.reschedule(before, next)).thenRun(() -> {
            calendar.closed(before);
            calendar.scheduled(next);
        });
    }

    /** Goes back to waiting after an attempt before its time. */
    void failedEarly(Attempt attempt, AttemptResult result) {
        Instant due = Objects.requireNonNull(retry, "tried early, for a retry").due();
        var unusedLog = turns.beside(writes.log(attempt, result, Outcome.RETRYING, due));
        lane.stop();
    }

    /** Goes on with what waits, now that its time has come. */
    void wake(ScheduledRetry entry) {
        if (lane.isBusy()) {
            // It may stand for what is under way, or for what a crash left; that is known when the lane stands still.
            calendar.later(entry, tools.now().plusSeconds(1));
        } else if (retry != null && !retry.equals(entry)) {
            var unused = writes.unschedule(entry).thenRun(() -> calendar.closed(entry));
        } else {
            goOn(entry, false);
        }
    }

    /** Goes on with what waits for this time, which has not come: once. */
    CompletableFuture<Void> wakeEarly(ScheduledRetry entry) {
        boolean waitsForIt = retry == null ? asleep : retry.equals(entry);
        if (lane.isBusy() || !waitsForIt || entry.equals(triedEarly)) {
            return CompletableFuture.completedFuture(null);
        }
        triedEarly = entry;
        CompletableFuture<Void> woken = new CompletableFuture<>();
        wokenEarly = woken;
        goOn(entry, true);
        return woken;
    }

    /** Tells whoever woke the lane early that an attempt has come to the gate, or that none will. */
    void cameToTheGate() {
        wokenEarly.complete(null);
    }

    void forget() {
        stored.forget();
        cameToTheGate();
    }

    private void goOn(ScheduledRetry entry, boolean beforeItsTime) {
        retry = entry;
        asleep = false;
        early = beforeItsTime;
        lane.start();
        goOn();
    }

    /** Tries the next message that is stored, or rests when there is none. */
    void goOn() {
        if (!stored.isEmpty()) {
            tryNext();
            return;
        }
        int seen = turns.begun();
        long from = lane.resolved();
        var unused = turns.all()
                .thenCompose(nothing -> stored.after(from))
                .thenAcceptAsync(found -> lane.guarded(() -> found(found, seen)), tools.executor())
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        lane.broke(failure);
                    }
                });
    }

    private void found(Found found, int seen) {
        if (found.messages().isEmpty()) {
            rest(seen);
        } else if (found.isWanted()) {
            stored.keep(found);
            tryNext();
        } else {
            lane.resolveWhen(writes.giveUp(found), found.last());
        }
    }

    private void tryNext() {
        ScheduledRetry entry = Objects.requireNonNull(retry, "a lane that waits has a retry");
        Instant now = tools.now();
        if (gate.holdUntil().isAfter(now)) {
            lane.stop();
            if (!early) {
                calendar.later(entry, gate.holdUntil());
            }
        } else {
            lane.begin(stored.next(entry, early, now));
        }
    }

    private void rest(int seen) {
        if (turns.begun() != seen) {
            goOn();
            return;
        }
        ScheduledRetry entry = Objects.requireNonNull(retry, "a lane that waits has a retry");
        lane.skipped().ifPresent(upTo -> {
            log.atWarn()
                    .addKeyValue("lane", key)
                    .addKeyValue("to", upTo)
                    .log("Messages of a lane are no longer stored: they were kept for 30 days");
            var unusedResolved = turns.beside(writes.resolveStored(upTo));
        });
        retry = null;
        lane.stop();
        var unused = writes.unschedule(entry).thenRun(() -> calendar.closed(entry));
    }
}
