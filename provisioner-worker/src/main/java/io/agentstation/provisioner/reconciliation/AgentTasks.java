package io.agentstation.provisioner.reconciliation;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.store.desired.DesiredAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Acts on agents whose desired state has been written, each agent by one thread at a time and many agents at once. Whoever
 * hands one in waits for it, but not for long: an agent that the cluster is slow with holds up no other of its partition.
 * What is asked of an agent that waits for its turn is acted on together, on its newest desired state.
 *
 * <p>In memory only, as the retry queue: the desired state is durable, and the partition's next owner says what became of it.
 */
public final class AgentTasks {

    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(2);

    private final ConcurrentMap<AgentId, Task> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger overdue = new AtomicInteger();
    private final AgentWork work;
    private final AgentLocks locks;
    private final RetryQueue queue;
    private final Executor threads;
    private final Duration patience;

    private record Task(DesiredAgent agent, List<Asked> asked, CompletableFuture<Boolean> done) {

        Task with(Task later) {
            List<Asked> all = new ArrayList<>(asked);
            all.addAll(later.asked);
            return new Task(later.agent.generation() >= agent.generation() ? later.agent : agent, all, done);
        }
    }

    /**
     * On these threads.
     *
     * @param patience how long whoever hands an agent in waits for it, as long as no other is overdue
     */
    public AgentTasks(AgentWork work, AgentLocks locks, RetryQueue queue, Executor threads, Duration patience) {
        this.work = work;
        this.locks = locks;
        this.queue = queue;
        this.threads = threads;
        this.patience = patience;
    }

    /**
     * Acts on the agent, and publishes the outcome of the command; returns when that is acknowledged, or when it takes too
     * long: then it goes on by itself. The caller must not hold the agent's lock.
     *
     * @throws RuntimeException what the act threw while the caller waited; the agent is queued for another attempt
     */
    public void act(DesiredAgent agent, Asked asked) {
        Task task = new Task(agent, List.of(asked), new CompletableFuture<>());
        Task known = waiting.merge(agent.agentId(), task, Task::with);
        if (known.done() == task.done()) {
            threads.execute(() -> run(agent.agentId()));
        }
        await(known.done());
    }

    /** How many agents take longer than somebody wanted to wait. */
    public int overdue() {
        return overdue.get();
    }

    private void await(CompletableFuture<Boolean> done) {
        // With one that is slow the next is given a moment only, or a broken cluster would stop the partition step by
        // step.
        long wait = overdue.get() == 0 ? patience.toMillis() : patience.toMillis() / 20;
        try {
            boolean unused = done.get(wait, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            overdue.incrementAndGet();
            var unused = done.whenComplete((ended, failure) -> overdue.decrementAndGet());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("An act ended with an error", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(AgentId agent) {
        locks.run(agent, () -> {
            Task task = waiting.remove(agent);
            if (task != null) {
                run(task);
            }
        });
    }

    private void run(Task task) {
        DesiredAgent agent = task.agent();
        try {
            work.act(agent, task.asked());
            task.done().complete(true);
        } catch (RuntimeException e) {
            // Whoever waits hears of it; if nobody does any more, this is the attempt that is left.
            Unfinished before =
                    queue.of(agent.agentId()).orElseGet(() -> Unfinished.toLookAt(agent.partition(), agent.agentId()));
            queue.put(before.with(task.asked()), AFTER_OUTAGE);
            task.done().completeExceptionally(e);
        }
    }
}
