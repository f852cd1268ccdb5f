package io.agentstation.gateway.agents;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.gateway.commands.Commands;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.lifecycle.CaughtUpRows;
import io.agentstation.gateway.lifecycle.ReportAdmission;
import io.agentstation.gateway.lifecycle.Waiters;
import io.agentstation.gateway.lifecycle.Waiters.Waiter;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks for an agent's end and waits for it, without holding a thread. */
final class AgentRemoval {

    private final Agents agents;
    private final Commands commands;
    private final Waiters waiters;
    private final CaughtUpRows rows;
    private final ReportAdmission admission;

    AgentRemoval(Agents agents, Commands commands, Waiters waiters, CaughtUpRows rows, ReportAdmission admission) {
        this.agents = agents;
        this.commands = commands;
        this.waiters = waiters;
        this.rows = rows;
        this.admission = admission;
    }

    /**
     * The agent's row once it is terminated, or as it is when the wait is over. An end that was asked for before is not
     * asked for again.
     *
     * @param command the id that the request has
     *
     * @throws RequestRefused 404 when the user's workspace has no such agent
     * @throws io.agentstation.gateway.kafka.PublishFailed when the command is not, or not certainly, in the log
     */
    CompletableFuture<AgentRow> remove(Caller.User user, AgentId agent, CommandId command, Duration wait) {
        Waiter waiter = waiters.register(agent, event -> event.toState().isTerminal());
        // A failure before the future exists becomes a failed future, so that the waiter is closed in every case.
        return CompletableFuture.completedFuture(waiter)
                .thenCompose(registered -> begin(user, agent, command, registered, wait))
                .whenComplete((row, failure) -> waiter.close());
    }

    private CompletableFuture<AgentRow> begin(
            Caller.User user, AgentId agent, CommandId command, Waiter waiter, Duration wait) {
        AgentRow row = agents.find(agent)
                .filter(found -> found.spec().workspace().equals(user.workspace()))
                .orElseThrow(RequestRefused::agentNotFound);
        if (row.state().isTerminal()) {
            return CompletableFuture.completedFuture(row);
        }
        if (row.desired() == null) {
            commands.publish(new AgentCommand.Deprovision(commands.meta(user, agent, command)));
            admission.endAskedFor(agent);
        }
        return waiter.within(wait)
                .thenCompose(event ->
                        rows.read(agent, event.map(LifecycleEvent::sequence).orElse(0L)))
                .thenApply(now -> now.orElse(row));
    }
}
