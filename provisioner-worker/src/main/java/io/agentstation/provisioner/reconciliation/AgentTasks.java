package io.agentstation.provisioner.reconciliation;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.observations.ObservationsUnavailable;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.session.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts on agents whose desired state has been written, each agent by one thread at a time and many agents at once: one that
 * the cluster is slow with holds up no other. What is asked of an agent that waits for its turn is acted on together, on its
 * newest desired state.
 *
 * <p>In memory only, as the retry queue: what has not ended is read again by the partition's next owner.
 */
public final class AgentTasks {

    private static final Logger log = LoggerFactory.getLogger(AgentTasks.class);
    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(2);

    private final ConcurrentMap<AgentId, Task> waiting = new ConcurrentHashMap<>();
    private final AgentWork work;
    private final AgentLocks locks;
    private final Executor threads;
    private final ScheduledExecutorService timer;

    /** @param ends one for each command that was asked for */
    private record Task(DesiredAgent agent, List<Asked> asked, List<CompletableFuture<Void>> ends) {

        Task with(Task later) {
            return new Task(
                    later.agent.generation() >= agent.generation() ? later.agent : agent,
                    joined(asked, later.asked),
                    joined(ends, later.ends));
        }

        private static <T> List<T> joined(List<T> first, List<T> then) {
            List<T> all = new ArrayList<>(first);
            all.addAll(then);
            return all;
        }
    }

    /**
     * On these threads.
     *
     * @param timer brings back what store or Kafka could not do
     */
    public AgentTasks(AgentWork work, AgentLocks locks, Executor threads, ScheduledExecutorService timer) {
        this.work = work;
        this.locks = locks;
        this.threads = threads;
        this.timer = timer;
    }

    /**
     * Acts on the agent, and publishes the outcome of the command; returns at once. While store or Kafka is away the act is
     * repeated. The caller must not hold the agent's lock.
     *
     * @return ends when the outcome is acknowledged, or the agent is queued for another attempt; with the exception when the act
     *     met a defect
     */
    public CompletionStage<?> act(DesiredAgent agent, Asked asked) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        handIn(new Task(agent, List.of(asked), List.of(end)), false);
        return end;
    }

    private void handIn(Task task, boolean again) {
        AgentId agent = task.agent().agentId();
        // One turn for each time that nothing waited.
        boolean[] first = {false};
        waiting.compute(agent, (id, known) -> {
            first[0] = known == null;
            if (known == null) {
                return task;
            }
            return again ? task.with(known) : known.with(task);
        });
        if (first[0]) {
            threads.execute(() -> run(agent));
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
            task.ends().forEach(end -> end.complete(null));
        } catch (StoreUnavailable | ObservationsUnavailable e) {
            log.atWarn().addKeyValue("agentId", agent.agentId()).setCause(e).log("Act interrupted, will be repeated");
            var unused = timer.schedule(() -> handIn(task, true), AFTER_OUTAGE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            task.ends().forEach(end -> end.completeExceptionally(e));
        }
    }
}
