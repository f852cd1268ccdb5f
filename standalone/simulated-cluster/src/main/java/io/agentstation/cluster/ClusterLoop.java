package io.agentstation.cluster;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One daemon thread that runs tasks and timers; a task that fails is logged and the loop goes on. */
final class ClusterLoop extends ScheduledThreadPoolExecutor {

    private static final Logger log = LoggerFactory.getLogger(ClusterLoop.class);
    private static final long PATIENCE_SECONDS = 2;

    ClusterLoop(String name) {
        super(
                1,
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                },
                new DiscardPolicy());
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs one last task and ends; what waits behind it is dropped. */
    void runToEnd(Runnable last) {
        Future<?> ran = submit(last);
        try {
            ran.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.atWarn().setCause(e).log("the cluster's last task did not end well");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shutdownNow();
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        super.afterExecute(task, thrown);
        if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
            report(future);
        }
    }

    /** A scheduled executor keeps a task's failure in its future, where nobody looks. */
    private static void report(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            log.atError().setCause(e.getCause()).log("a task of the cluster failed");
        } catch (CancellationException e) {
            log.trace("cancelled meanwhile", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
