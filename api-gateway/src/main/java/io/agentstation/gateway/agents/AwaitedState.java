package io.agentstation.gateway.agents;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.gateway.lifecycle.CaughtUpRows;
import io.agentstation.gateway.lifecycle.Waiters;
import io.agentstation.gateway.lifecycle.Waiters.Waiter;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Waits, without holding a thread, until an agent is in a wanted state, or has ended and will never be. */
final class AwaitedState {

    // An event may have passed before the waiter was there, and its row come after the look at it: looked at again.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Agents agents;
    private final Waiters waiters;
    private final CaughtUpRows rows;

    AwaitedState(Agents agents, Waiters waiters, CaughtUpRows rows) {
        this.agents = agents;
        this.waiters = waiters;
        this.rows = rows;
    }

    /** The agent's row once it shows that, or as it is when the wait is over; empty when there is no such agent. */
    CompletableFuture<Optional<AgentRow>> reached(AgentId agent, Predicate<AgentState> wanted, Duration most) {
        Predicate<AgentState> settled = wanted.or(AgentState::isTerminal);
        Duration now = most.compareTo(LOOK_AGAIN) < 0 ? most : LOOK_AGAIN;
        Waiter waiter = waiters.register(agent, event -> settled.test(event.toState()));
        return agents.findAsync(agent)
                .toCompletableFuture()
                .thenCompose(row -> isSettled(row, settled) || now.isZero()
                        ? CompletableFuture.completedFuture(row)
                        : told(agent, waiter, now))
                .whenComplete((row, failure) -> waiter.close())
                .thenCompose(row -> isSettled(row, settled) || most.equals(now)
                        ? CompletableFuture.completedFuture(row)
                        : reached(agent, wanted, most.minus(now)));
    }

    private CompletableFuture<Optional<AgentRow>> told(AgentId agent, Waiter waiter, Duration most) {
        return waiter.within(most)
                .thenCompose(event ->
                        rows.read(agent, event.map(LifecycleEvent::sequence).orElse(0L)));
    }

    // Nobody waits for an agent that is not there.
    private static boolean isSettled(Optional<AgentRow> row, Predicate<AgentState> settled) {
        return row.isEmpty() || settled.test(row.get().state());
    }
}
