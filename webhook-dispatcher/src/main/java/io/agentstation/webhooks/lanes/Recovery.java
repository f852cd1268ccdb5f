package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.ScheduledRetry;
import io.agentstation.webhooks.lanes.EndpointGate.Tally;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the lanes that wait for one endpoint, those that have waited longest first as far as a page of them tells: one, then
 * twice as many with every success, never more at a time than the width together with what is new; one again after a
 * failure, and no more after three in a row.
 */
final class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final int PAGE = 200;
    private static final int STRIKES = 3;

    private record Waiting(ShardLanes shard, ScheduledRetry retry) {}

    private final UUID webhook;
    private final EndpointGate gate;
    private final int most;
    private final Instant from;
    private final Deque<Waiting> found = new ArrayDeque<>();
    private final Set<ShardLanes> finished = new HashSet<>();
    private @Nullable LaneKey readUpTo;
    private boolean reading;
    private boolean broken;
    private int looking;
    private int width = 1;
    private long strikes;
    private Tally seen;

    Recovery(UUID webhook, EndpointGate gate, int most, Instant from) {
        this.webhook = webhook;
        this.gate = gate;
        this.most = most;
        this.from = from;
        this.seen = gate.tally();
    }

    UUID webhook() {
        return webhook;
    }

    /** Goes on; true when nothing is left to do, or the endpoint fails again. */
    synchronized boolean isOver(Collection<ShardLanes> shards, Instant now) {
        if (now.isBefore(from)) {
            seen = gate.tally();
            return false;
        }
        adjust();
        if (broken || strikes >= STRIKES || gate.holdUntil().isAfter(now)) {
            return true;
        }
        while (!found.isEmpty() && gate.load() + looking < width) {
            wake(found.remove());
        }
        if (!found.isEmpty() || reading) {
            return false;
        }
        Optional<ShardLanes> next = shards.stream()
                .filter(shard -> !shard.isClosed() && !finished.contains(shard))
                .findFirst();
        next.ifPresent(shard -> read(shard, now));
        return next.isEmpty() && looking == 0;
    }

    private void adjust() {
        Tally now = gate.tally();
        long delivered = now.delivered() - seen.delivered();
        long failed = now.failed() - seen.failed();
        seen = now;
        if (delivered > 0) {
            strikes = 0;
            width = Math.min(most, width * 2);
        }
        if (failed > 0) {
            strikes += failed;
            width = 1;
        }
    }

    private void wake(Waiting waiting) {
        looking++;
        var unused = waiting.shard().wakeEarly(waiting.retry()).whenComplete((woken, failure) -> ended(failure));
    }

    private synchronized void ended(@Nullable Throwable failure) {
        looking--;
        giveUpIf(failure);
    }

    private void read(ShardLanes shard, Instant now) {
        reading = true;
        var unused = shard.waitingFor(webhook, readUpTo, PAGE)
                .whenComplete((page, failure) -> keep(shard, page == null ? List.of() : page, now, failure));
    }

    private synchronized void keep(
            ShardLanes shard, List<ScheduledRetry> page, Instant now, @Nullable Throwable failure) {
        reading = false;
        giveUpIf(failure);
        page.stream()
                // The others wake of themselves.
                .filter(retry -> retry.due().isAfter(now))
                .sorted(Comparator.comparing(ScheduledRetry::firstAttemptAt))
                .forEach(retry -> found.add(new Waiting(shard, retry)));
        readUpTo = page.isEmpty() ? null : page.get(page.size() - 1).lane();
        if (page.size() < PAGE) {
            readUpTo = null;
            finished.add(shard);
        }
    }

    private void giveUpIf(@Nullable Throwable failure) {
        if (failure != null && !broken) {
            broken = true;
            log.atInfo()
                    .addKeyValue("webhook", webhook)
                    .setCause(failure)
                    .log("What waits for an endpoint that answers again cannot be read: each waits for its own time");
        }
    }
}
