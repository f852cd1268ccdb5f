package io.agentstation.gateway.lifecycle;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.store.session.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Requests that wait for an event of an agent. Register before publishing what leads to it: no event is then missed. */
public final class Waiters {

    private final Map<AgentId, List<Waiter>> byAgent = new ConcurrentHashMap<>();

    /** Begins to wait for the first event of the agent that is wanted; close it when done. */
    public Waiter register(AgentId agent, Predicate<LifecycleEvent> wanted) {
        Waiter waiter = new Waiter(agent, wanted);
        byAgent.compute(agent, (id, others) -> {
            List<Waiter> all = others == null ? new CopyOnWriteArrayList<>() : others;
            all.add(waiter);
            return all;
        });
        return waiter;
    }

    void tell(LifecycleEvent event) {
        byAgent.getOrDefault(event.agentId(), List.of()).stream()
                .filter(waiter -> waiter.wanted.test(event))
                .forEach(waiter -> waiter.event.complete(Optional.of(event)));
    }

    /** When this gateway stops, nobody waits any longer. */
    @EventListener(ContextClosedEvent.class)
    void endAll() {
        byAgent.values().forEach(all -> all.forEach(waiter -> waiter.event.complete(Optional.empty())));
    }

    /** How many requests wait. */
    public int count() {
        return byAgent.values().stream().mapToInt(List::size).sum();
    }

    /** One request that waits. */
    public final class Waiter implements AutoCloseable {

        private final AgentId agent;
        private final Predicate<LifecycleEvent> wanted;
        private final CompletableFuture<Optional<LifecycleEvent>> event = new CompletableFuture<>();

        private Waiter(AgentId agent, Predicate<LifecycleEvent> wanted) {
            this.agent = agent;
            this.wanted = wanted;
        }

        /** The event, or nothing when it does not come in time, which does not count for the thread's {@link Deadline}. */
        public CompletableFuture<Optional<LifecycleEvent>> within(Duration most) {
            return Deadline.current()
                    .carryUncounted(event.completeOnTimeout(Optional.empty(), most.toMillis(), TimeUnit.MILLISECONDS));
        }

        /** Waits no longer. */
        @Override
        public void close() {
            byAgent.computeIfPresent(agent, (id, others) -> {
                others.remove(this);
                return others.isEmpty() ? null : others;
            });
        }
    }
}
