package io.agentstation.webhooks.lanes;

import io.agentstation.store.session.StoreUnavailable;
import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.store.webhooks.RetrySchedule;
import io.agentstation.store.webhooks.ScheduledRetry;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the waiting lanes of one partition are tried. Of the stored schedule it holds what comes due within a bucket's time,
 * reads each later bucket once, when it comes near, and says in the store from where on its successor has to read.
 */
final class RetryCalendar {

    private static final Logger log = LoggerFactory.getLogger(RetryCalendar.class);

    private record Due(Instant at, ScheduledRetry entry) {}

    private final RetryOwner owner;
    private final LaneTools tools;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final TreeMap<Instant, Set<ScheduledRetry>> open = new TreeMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private @Nullable Instant loadedThrough;
    private @Nullable Instant floor;
    private boolean loading;

    RetryCalendar(RetryOwner owner, LaneTools tools) {
        this.owner = owner;
        this.tools = tools;
    }

    /**
     * Completes when whoever owns the partition after a crash would find what is scheduled from now on; nothing may be taken
     * before.
     */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Notes a retry that is about to be stored, or was found; false when it was known. */
    synchronized boolean opened(ScheduledRetry entry) {
        return open.computeIfAbsent(RetrySchedule.bucketOf(entry.due()), bucket -> new HashSet<>())
                .add(entry);
    }

    /** Notes that a retry is no longer stored. */
    synchronized void closed(ScheduledRetry entry) {
        open.computeIfPresent(RetrySchedule.bucketOf(entry.due()), (bucket, entries) -> {
            entries.remove(entry);
            return entries.isEmpty() ? null : entries;
        });
    }

    /** Plans a retry that is stored: one that comes due later is read again when its bucket comes near. */
    synchronized void scheduled(ScheduledRetry entry) {
        Instant bucket = RetrySchedule.bucketOf(entry.due());
        if (loadedThrough != null && !bucket.isAfter(loadedThrough)) {
            queue.add(new Due(entry.due(), entry));
        } else {
            closed(entry);
        }
    }

    /** Looks at a retry again at another time than it is stored for. */
    synchronized void later(ScheduledRetry entry, Instant at) {
        queue.add(new Due(at, entry));
    }

    /** What has come due and has waited longest; it is planned no more. */
    synchronized Optional<ScheduledRetry> nextDue(Instant now) {
        return queue.isEmpty() || queue.element().at().isAfter(now)
                ? Optional.empty()
                : Optional.of(queue.remove().entry());
    }

    /** Reads in the background what comes near; what cannot be read is read at a later call. */
    void readAhead(Instant now) {
        if (begins(now)) {
            tools.executor().execute(this::load);
        }
    }

    private synchronized boolean begins(Instant now) {
        boolean begins = !loading && (loadedThrough == null || loadedThrough.isBefore(horizon(now)));
        loading |= begins;
        return begins;
    }

    private static Instant horizon(Instant now) {
        return RetrySchedule.bucketOf(now.plus(RetrySchedule.BUCKET));
    }

    private void load() {
        try {
            Instant bucket = firstToLoad();
            for (; !bucket.isAfter(horizon(tools.now())); bucket = bucket.plus(RetrySchedule.BUCKET)) {
                load(bucket);
            }
            raiseFloor();
        } catch (StoreUnavailable | CompletionException e) {
            log.atWarn().addKeyValue("owner", owner).setCause(e).log("Retries cannot be read, which is tried again");
        } finally {
            synchronized (this) {
                loading = false;
            }
        }
    }

    private Instant firstToLoad() {
        synchronized (this) {
            if (loadedThrough != null) {
                return loadedThrough.plus(RetrySchedule.BUCKET);
            }
        }
        RetrySchedule schedule = tools.tables().schedule();
        Instant found = schedule.floor(owner).orElse(RetrySchedule.bucketOf(tools.now()));
        // Noted before anything is scheduled: without a floor nobody would look back.
        schedule.raiseFloor(owner, found).toCompletableFuture().join();
        log.atInfo().addKeyValue("owner", owner).addKeyValue("from", found).log("Retries are read");
        ready.complete(null);
        return found;
    }

    private void load(Instant bucket) {
        through(bucket);
        try {
            for (ScheduledRetry entry : tools.tables().schedule().in(owner, bucket)) {
                if (opened(entry)) {
                    later(entry, entry.due());
                }
            }
        } catch (StoreUnavailable e) {
            through(bucket.minus(RetrySchedule.BUCKET));
            throw e;
        }
    }

    // Before the bucket is read: what is scheduled meanwhile must not count on being read.
    private synchronized void through(Instant bucket) {
        loadedThrough = bucket;
    }

    private void raiseFloor() {
        Instant now = RetrySchedule.bucketOf(tools.now());
        Instant wanted;
        synchronized (this) {
            wanted = open.isEmpty() || open.firstKey().isAfter(now) ? now : open.firstKey();
            if (wanted.equals(floor)) {
                return;
            }
        }
        tools.tables()
                .schedule()
                .raiseFloor(owner, wanted)
                .toCompletableFuture()
                .join();
        synchronized (this) {
            floor = wanted;
        }
    }
}
