package io.agentstation.provisioner.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what is due only when the test says so, in the test's thread. */
public final class ManualTimer extends ScheduledThreadPoolExecutor {

    private final List<Task> waiting = new ArrayList<>();

    public ManualTimer() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Task scheduled = new Task(task, unit.toMillis(delay));
        waiting.add(scheduled);
        return scheduled;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    /** Runs all that waits now, but not what that schedules in turn; returns how many ran. */
    public int runAll() {
        List<Task> due = waiting.stream().filter(task -> !task.isCancelled()).toList();
        waiting.clear();
        due.forEach(Task::runAndTell);
        return due.size();
    }

    /** The delays of what waits, in milliseconds. */
    public List<Long> delays() {
        return waiting.stream()
                .filter(task -> !task.isCancelled())
                .map(task -> task.delayMs)
                .toList();
    }

    private static final class Task extends FutureTask<Object> implements ScheduledFuture<Object> {

        private final long delayMs;

        Task(Runnable task, long delayMs) {
            super(task, "done");
            this.delayMs = delayMs;
        }

        /** Runs, and throws what the task threw: a future would keep it to itself. */
        void runAndTell() {
            run();
            try {
                var unused = get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw new AssertionError("a task failed", e.getCause());
            } catch (CancellationException e) {
                // By itself, when it put its agent into the queue again.
                return;
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(delayMs, TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(delayMs, other.getDelay(TimeUnit.MILLISECONDS));
        }
    }
}
