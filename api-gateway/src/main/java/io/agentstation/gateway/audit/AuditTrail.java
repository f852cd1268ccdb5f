package io.agentstation.gateway.audit;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.agentstation.store.audit.AuditEntry;
import io.agentstation.store.audit.AuditEntry.Outcome;
import io.agentstation.store.audit.AuditLog;
import io.agentstation.store.audit.AuditPlace;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the audit log beside the answers: an entry is on its way when its answer is. What the store does not take is
 * tried again every second, 10,000 entries at most; when more are lost the log of the gateway says how many. An orderly
 * stop waits for what is under way; a kill loses that, and what was counted in the last ten seconds. Thread-safe.
 */
final class AuditTrail implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
    private static final int RETRIED_AT_MOST = 10_000;
    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
    private static final Duration TALLY_EVERY = Duration.ofSeconds(10);
    private static final Duration AT_STOP = Duration.ofSeconds(2);

    private record Placed(AuditPlace place, AuditEntry entry) {}

    private final AuditLog entries;
    private final Tally tally = new Tally();
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final Deque<Placed> again = new ConcurrentLinkedDeque<>();
    private final Map<UUID, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "audit-trail");
        thread.setDaemon(true);
        return thread;
    });

    AuditTrail(AuditLog entries) {
        this.entries = entries;
        every(RETRY_EVERY, this::retry);
        every(TALLY_EVERY, this::writeTally);
    }

    private void every(Duration pause, Runnable task) {
        var unused = clockwork.scheduleWithFixedDelay(task, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An id of this moment. */
    UUID freshId() {
        return ids.generate();
    }

    /** Writes an entry; returns at once. */
    void add(AuditPlace place, AuditEntry entry) {
        write(new Placed(place, entry));
    }

    /** Counts what is not listed one by one; the sums are written every ten seconds. */
    void count(Tally.Counted one) {
        tally.count(one);
    }

    private void write(Placed placed) {
        UUID id = placed.entry().id();
        CompletableFuture<?> write = entries.add(placed.place(), placed.entry()).toCompletableFuture();
        underWay.put(id, write);
        var unused = write.whenComplete((done, failure) -> {
            underWay.remove(id);
            if (failure != null) {
                keep(placed);
            }
        });
    }

    private void keep(Placed placed) {
        if (waiting.incrementAndGet() <= RETRIED_AT_MOST) {
            again.add(placed);
        } else {
            waiting.decrementAndGet();
            lost.incrementAndGet();
        }
    }

    private void retry() {
        for (int due = waiting.get(); due > 0; due--) {
            Placed placed = again.poll();
            if (placed != null) {
                waiting.decrementAndGet();
                write(placed);
            }
        }
        int gone = lost.getAndSet(0);
        if (gone > 0) {
            log.atError()
                    .addKeyValue("entries", gone)
                    .log("Entries of the audit log are lost: the store is away for too long");
        }
    }

    private void writeTally() {
        tally.take()
                .forEach((counted, times) -> add(
                        counted.place(),
                        new AuditEntry(
                                freshId(),
                                counted.actor(),
                                counted.action(),
                                null,
                                counted.address(),
                                counted.status(),
                                Outcome.REFUSED,
                                null,
                                null,
                                times)));
    }

    @Override
    public void close() throws InterruptedException {
        clockwork.shutdown();
        boolean ended = clockwork.awaitTermination(AT_STOP.toMillis(), TimeUnit.MILLISECONDS);
        writeTally();
        retry();
        CompletableFuture<Void> all = CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new));
        try {
            all.get(AT_STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.atError()
                    .addKeyValue("entries", underWay.size() + waiting.get())
                    .addKeyValue("ended", ended)
                    .setCause(e)
                    .log("Entries of the audit log are lost: the store did not take them before the stop");
        }
    }
}
