package io.agentstation.telemetry.batches;

import io.agentstation.store.session.StoreUnavailable;
import io.agentstation.telemetry.figures.WriterFigures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Starts writes side by side, at most so many unacknowledged at any time, and waits for all of them. Thread-safe. */
public final class BoundedWrites {

    private final int inFlight;
    private final Duration timeout;
    private final WriterFigures figures;

    /**
     * Bounds for each call.
     *
     * @param inFlight how many writes may be unacknowledged
     * @param timeout  how long one call may take
     */
    public BoundedWrites(int inFlight, Duration timeout, WriterFigures figures) {
        this.inFlight = inFlight;
        this.timeout = timeout;
        this.figures = figures;
    }

    /**
     * Returns when every write is acknowledged; after the first failure no further one is started.
     *
     * @throws StoreUnavailable when a write failed for a passing reason, or the time is up; any other failure is thrown as is
     */
    public void complete(List<Write> writes) {
        Semaphore free = new Semaphore(inFlight);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        long deadline = System.nanoTime() + timeout.toNanos();
        for (Write write : writes) {
            await(free, 1, deadline);
            rethrow(failure.get());
            start(write, free, failure);
        }
        await(free, inFlight, deadline);
        rethrow(failure.get());
    }

    private void start(Write write, Semaphore free, AtomicReference<@Nullable Throwable> failure) {
        long from = System.nanoTime();
        var unused = write.start().get().whenComplete((done, problem) -> {
            if (problem == null) {
                figures.written(write.table(), write.rows(), System.nanoTime() - from);
            } else {
                failure.compareAndSet(null, problem);
            }
            free.release();
        });
    }

    private void await(Semaphore free, int permits, long deadline) {
        try {
            if (!free.tryAcquire(permits, deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new StoreUnavailable(
                        "Cassandra has not acknowledged a batch within " + timeout, new TimeoutException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while Cassandra had not acknowledged a batch", e);
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause != null) {
            throw new CompletionException(cause);
        }
    }
}
