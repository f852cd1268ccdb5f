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

/** Waits, without holding a thread, until an agent is in a state, or has ended and will never be. */
final class AwaitedState {

    private final Agents agents;
    private final Waiters waiters;
    private final CaughtUpRows rows;

    AwaitedState(Agents agents, Waiters waiters, CaughtUpRows rows) {
        this.agents = agents;
        this.waiters = waiters;
        this.rows = rows;
    }

    /** Done when it is so, and the agent's row shows it, or the wait is over. */
    CompletableFuture<Void> reached(AgentId agent, AgentState wanted, Duration most) {
        Waiter waiter = waiters.register(agent, event -> isReached(event.toState(), wanted));
        return agents.findAsync(agent)
                .toCompletableFuture()
                .thenCompose(row -> isSettled(row, wanted)
                        ? CompletableFuture.completedFuture(row)
                        : waiter.within(most)
                                .thenCompose(event -> rows.read(
                                        agent,
                                        event.map(LifecycleEvent::sequence).orElse(0L))))
                .whenComplete((row, failure) -> waiter.close())
                .thenAccept(row -> {});
    }

    // Nobody waits for an agent that is not there.
    private static boolean isSettled(Optional<AgentRow> row, AgentState wanted) {
        return row.isEmpty() || isReached(row.get().state(), wanted);
    }

    private static boolean isReached(AgentState state, AgentState wanted) {
        return state == wanted || state.isTerminal();
    }
}
