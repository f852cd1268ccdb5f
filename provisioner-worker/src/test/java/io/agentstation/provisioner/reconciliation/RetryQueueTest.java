package io.agentstation.provisioner.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RetryQueueTest {

    /** What was in the queue and never tried again was lost to every further look. */
    @Test
    void anAttemptWithoutDelayFindsItsEntryHoweverQuickTheThreadIs() {
        try (QuickThread quick = new QuickThread()) {
            RetryQueue queue = new RetryQueue(quick, 10);
            List<AgentId> attempted = new CopyOnWriteArrayList<>();
            queue.attemptBy(unfinished -> attempted.add(unfinished.agent()));

            queue.hasten(1, Samples.AGENT);

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !attempted.isEmpty());
            assertThat(attempted).containsExactly(Samples.AGENT);
        }
    }

    /** Whoever schedules goes on only when the task has ended, or waits for a lock that the scheduling thread holds. */
    private static final class QuickThread extends ScheduledThreadPoolExecutor implements AutoCloseable {

        private volatile Thread thread = Thread.currentThread();

        QuickThread() {
            super(1);
            setThreadFactory(task -> {
                thread = new Thread(task, "quick");
                return thread;
            });
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            ScheduledFuture<?> scheduled = super.schedule(task, delay, unit);
            while (!scheduled.isDone() && thread.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            return scheduled;
        }

        @Override
        public void close() {
            shutdownNow();
        }
    }
}
