package io.agentstation.webhooks.lanes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What can wait, some at a time for the whole dispatcher: what follows from failures, and the lanes of endpoints that fail.
 * Hundreds of attempts that were begun at once time out at once; without this, all that has to be written of them is in the
 * store's queue before what somebody waits for.
 */
final class UnhurriedWork {

    /** Enough for a thousand endpoints that are down, and a few milliseconds of the store's time at once. */
    static final int AT_A_TIME = 4;

    private static final int FULL = 16 * AT_A_TIME;

    private record Work(Supplier<? extends CompletionStage<?>> begin, CompletableFuture<Void> done) {}

    private final Executor executor;
    private final Deque<Work> waiting = new ArrayDeque<>();
    private int running;

    /** @param executor begins what had to wait */
    UnhurriedWork(Executor executor) {
        this.executor = executor;
    }

    /**
     * Begins work now, or when other work has ended.
     *
     * @return completes when it has ended, as it has
     */
    CompletableFuture<Void> add(Supplier<? extends CompletionStage<?>> begin) {
        Work work = new Work(begin, new CompletableFuture<>());
        synchronized (this) {
            if (running >= AT_A_TIME) {
                waiting.add(work);
                return work.done();
            }
            running++;
        }
        begin(work);
        return work.done();
    }

    /** Whether as much waits as should; whoever can ask again later does. */
    synchronized boolean isFull() {
        return waiting.size() >= FULL;
    }

    private void begin(Work work) {
        // Composed, so that work that throws ends as work that fails does.
        var unused = CompletableFuture.completedFuture(work)
                .thenCompose(each -> each.begin().get().thenAccept(ended -> {}))
                .whenComplete((nothing, failure) -> {
                    next();
                    if (failure == null) {
                        work.done().complete(null);
                    } else {
                        work.done().completeExceptionally(cause(failure));
                    }
                });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void next() {
        Work next;
        synchronized (this) {
            if (waiting.isEmpty()) {
                running--;
                return;
            }
            next = waiting.remove();
        }
        executor.execute(() -> begin(next));
    }
}
