package io.agentstation.webhooks;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool whose tasks' exceptions are logged; by default they vanish in futures that nobody asks. */
final class LoggingPool extends ScheduledThreadPoolExecutor {

    private static final Logger log = LoggerFactory.getLogger(LoggingPool.class);

    LoggingPool(int threads, ThreadFactory factory) {
        // Discards what comes after the close: what waits is stored, the next start finds it.
        super(threads, factory, new ThreadPoolExecutor.DiscardPolicy());
        setRemoveOnCancelPolicy(true);
    }

    /** A pool whose threads bear a name. */
    static LoggingPool named(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        return new LoggingPool(threads, task -> new Thread(task, name + "-" + number.incrementAndGet()));
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        super.afterExecute(task, thrown);
        if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                log.atError().setCause(e.getCause()).log("Defect in a background task");
            } catch (InterruptedException | CancellationException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
