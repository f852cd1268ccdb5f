package io.agentstation.webhooks.lanes;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.LaneProgress;
import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.store.webhooks.ScheduledRetry;
import io.agentstation.store.webhooks.WebhookProgress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lanes of one partition of Kafka that are in memory, while this dispatcher owns it. */
final class ShardLanes {

    // Each is read from the store: after a long outage very many are due at once.
    private static final int MOST_WOKEN = 100;
    private static final int MOST_LOOKED_AT = 2_000;

    private final RetryOwner owner;
    private final LaneTools tools;
    private final RetryCalendar calendar;
    private final Map<LaneKey, CompletableFuture<Lane>> lanes = new LinkedHashMap<>(16, 0.75f, true);
    private volatile boolean closed;

    ShardLanes(RetryOwner owner, LaneTools tools) {
        this.owner = owner;
        this.tools = tools;
        this.calendar = new RetryCalendar(owner, tools);
    }

    RetryOwner owner() {
        return owner;
    }

    RetryCalendar calendar() {
        return calendar;
    }

    boolean isClosed() {
        return closed;
    }

    /** Begins nothing any more; what is under way ends and is written: whoever owns the partition next may repeat it. */
    void close() {
        closed = true;
    }

    /** The lane for a message from the log, made from the store when it is not in memory. */
    CompletableFuture<Lane> laneFor(Offer offer) {
        WebhookProgress progress = tools.tables().progress();
        return lane(
                offer.lane(),
                offer.webhook().workspace(),
                offer.sequence() == 1 ? progress::findForFirst : progress::find);
    }

    private CompletableFuture<Lane> laneOf(ScheduledRetry entry) {
        return lane(entry.lane(), entry.workspace(), tools.tables().progress()::find);
    }

    private CompletableFuture<Lane> lane(
            LaneKey key, WorkspaceId workspace, Function<LaneKey, CompletionStage<LaneProgress>> find) {
        CompletableFuture<Lane> made = new CompletableFuture<>();
        synchronized (this) {
            CompletableFuture<Lane> known = lanes.get(key);
            if (known != null && !known.isCompletedExceptionally()) {
                return known;
            }
            lanes.put(key, made);
        }
        var unused = CompletableFuture.completedFuture(key).thenCompose(find).whenComplete((progress, failure) -> {
            if (failure == null) {
                made.complete(new Lane(key, workspace, progress, this, tools));
            } else {
                made.completeExceptionally(failure);
            }
        });
        return made;
    }

    /** Lets go of the lanes that were not used for longest and are at rest. */
    void trim() {
        surplus().forEach(each -> letGo(each.getKey(), each.getValue()));
    }

    /** Lets go of a lane that only waits for an endpoint that does not answer: what it waits for is in the store. */
    void letGo(LaneKey key) {
        CompletableFuture<Lane> known;
        synchronized (this) {
            known = lanes.get(key);
        }
        if (known != null && known.isDone()) {
            letGo(key, known);
        }
    }

    // Without this object's monitor: a lane's own is always taken before it.
    private void letGo(LaneKey key, CompletableFuture<Lane> lane) {
        if (lane.isCompletedExceptionally() || lane.join().retire()) {
            forget(key, lane);
        }
    }

    /** How many lanes are in memory. */
    synchronized int size() {
        return lanes.size();
    }

    private synchronized List<Map.Entry<LaneKey, CompletableFuture<Lane>>> surplus() {
        int surplus = lanes.size() - tools.settings().lanesInMemory();
        return surplus <= 0
                ? List.of()
                : lanes.entrySet().stream()
                        .limit(surplus)
                        .filter(each -> each.getValue().isDone())
                        .<Map.Entry<LaneKey, CompletableFuture<Lane>>>map(Map.Entry::copyOf)
                        .toList();
    }

    private synchronized void forget(LaneKey key, CompletableFuture<Lane> lane) {
        lanes.remove(key, lane);
    }

    /** Forgets a lane that could not be written; what it had scheduled is looked at again soon. */
    void broke(LaneKey key, Lane lane, @Nullable ScheduledRetry entry) {
        synchronized (this) {
            CompletableFuture<Lane> known = lanes.get(key);
            if (known != null && known.isDone() && !known.isCompletedExceptionally() && known.join() == lane) {
                lanes.remove(key);
            }
        }
        if (entry != null) {
            calendar.later(entry, tools.now().plusSeconds(1));
        }
    }

    /** Wakes lanes whose time has come, so many at a time as memory and the store bear; returns at once. */
    void tick() {
        if (closed) {
            return;
        }
        Instant now = tools.now();
        calendar.readAhead(now);
        int woken = 0;
        for (int looked = 0; woken < MOST_WOKEN && looked < MOST_LOOKED_AT; looked++) {
            Optional<ScheduledRetry> due = calendar.nextDue(now);
            if (due.isEmpty()) {
                return;
            }
            woken += wake(due.get(), now) ? 1 : 0;
        }
    }

    private boolean wake(ScheduledRetry entry, Instant now) {
        EndpointGate gate = tools.gates().of(entry.lane().webhook());
        if (gate.isCrowded()) {
            calendar.later(entry, now.plus(gate.untilThinner()));
            return false;
        }
        var unused = laneOf(entry).whenComplete((lane, failure) -> {
            if (failure == null) {
                lane.wake(entry);
            } else {
                calendar.later(entry, tools.now().plusSeconds(1));
            }
        });
        return true;
    }

    /** Lanes that are known to wait for an endpoint, those after this one. */
    CompletionStage<List<ScheduledRetry>> waitingFor(UUID webhook, @Nullable LaneKey after, int most) {
        return tools.tables().waiting().of(owner, webhook, after, most);
    }

    /** Wakes a lane before its time if it still waits for that; completes as {@link Lane#wakeEarly} does. */
    CompletionStage<Void> wakeEarly(ScheduledRetry entry) {
        return tools.tables().schedule().holds(owner, entry).thenCompose(holds -> {
            if (!holds || closed) {
                return CompletableFuture.completedFuture(null);
            }
            return laneOf(entry).thenCompose(lane -> lane.wakeEarly(entry));
        });
    }
}
