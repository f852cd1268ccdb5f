package io.agentstation.gateway.policies;

import io.agentstation.contracts.agents.SpecPatch;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.gateway.commands.Commands;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.lifecycle.CaughtUpRows;
import io.agentstation.gateway.lifecycle.Waiters;
import io.agentstation.gateway.lifecycle.Waiters.Waiter;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.events.StoredEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;

/** Reads an agent's own policy and asks for another, like every change of a specification by a command. */
final class AgentPolicyChange {

    private static final Set<EventType> OUTCOMES = Set.of(EventType.UPDATED, EventType.NO_CHANGE, EventType.REJECTED);

    /**
     * What a change came to.
     *
     * @param policy  the agent's own now
     * @param pending whether the wait was over before the change was applied and visible
     */
    record Outcome(UnhealthyPolicy policy, boolean pending) {}

    private final Agents agents;
    private final LifecycleEvents events;
    private final Commands commands;
    private final Waiters waiters;
    private final CaughtUpRows rows;

    AgentPolicyChange(Agents agents, LifecycleEvents events, Commands commands, Waiters waiters, CaughtUpRows rows) {
        this.agents = agents;
        this.events = events;
        this.commands = commands;
        this.waiters = waiters;
        this.rows = rows;
    }

    /**
     * The agent's own policy.
     *
     * @throws RequestRefused 404 when the workspace has no such agent
     */
    UnhealthyPolicy of(WorkspaceId workspace, AgentId agent) {
        return find(workspace, agent).spec().onUnhealthy();
    }

    /**
     * Looks for the agent.
     *
     * @throws RequestRefused 404 when the workspace has no such agent
     */
    void require(WorkspaceId workspace, AgentId agent) {
        var unused = find(workspace, agent);
    }

    /**
     * Gives the agent another policy of its own, by one command for each ticket, and waits without holding a thread. What
     * came of a command that was asked for before is told with the policy of now, which may be a later one.
     *
     * @param ticket the command's id, and whether it is in the log already
     * @return fails with {@link RequestRefused}: 404 when the user's workspace has no such agent, 409 when the agent has ended
     *     or its end was asked for; with {@link io.agentstation.gateway.kafka.PublishFailed} when the command is not, or not
     *     certainly, in the log
     */
    CompletableFuture<Outcome> change(
            Caller.User user, AgentId agent, UnhealthyPolicy policy, Ticket ticket, Duration wait) {
        CommandId command = new CommandId(ticket.id());
        Waiter waiter = waiters.register(agent, event -> isOutcome(event, command));
        // A failure before the future exists becomes a failed future, so that the waiter is closed in every case.
        return CompletableFuture.completedFuture(ticket)
                .thenCompose(asked -> asked.isDone() ? toldBefore(agent, command) : ask(user, agent, asked, policy))
                .thenCompose(told -> told.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> waiter.within(wait)
                                .thenCompose(event -> event.map(outcome -> applied(outcome, policy))
                                        .orElseGet(() -> asItIs(agent, true)))))
                .whenComplete((outcome, failure) -> waiter.close());
    }

    private CompletableFuture<Outcome> asItIs(AgentId agent, boolean pending) {
        return rows.read(agent, 0).thenApply(row -> new Outcome(own(row), pending));
    }

    private CompletableFuture<Optional<Outcome>> toldBefore(AgentId agent, CommandId command) {
        return events.of(agent).toCompletableFuture().thenCompose(all -> {
            Optional<EventType> own = all.stream()
                    .filter(event -> command.equals(event.causedBy()) && OUTCOMES.contains(event.event()))
                    .map(StoredEvent::event)
                    .findFirst();
            boolean isOver = all.stream().anyMatch(event -> event.toState().isTerminal());
            if (own.isEmpty() && !isOver) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            if (own.isEmpty() || own.get() == EventType.REJECTED) {
                throw ended();
            }
            return asItIs(agent, false).thenApply(Optional::of);
        });
    }

    /** Publishes the command; what comes of it is not known yet. */
    private CompletableFuture<Optional<Outcome>> ask(
            Caller.User user, AgentId agent, Ticket ticket, UnhealthyPolicy policy) {
        AgentRow row = find(user.workspace(), agent);
        if (row.state().isTerminal() || row.desired() != null) {
            throw ended();
        }
        AgentCommand.Meta meta = commands.meta(user, agent, new CommandId(ticket.id()));
        commands.publish(new AgentCommand.Update(meta, SpecPatch.onUnhealthy(policy)));
        ticket.done();
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private static boolean isOutcome(LifecycleEvent event, CommandId command) {
        boolean own = command.equals(event.causedBy()) && OUTCOMES.contains(event.event());
        // After its end an agent has no more events: this command's outcome will not come.
        return own || event.toState().isTerminal();
    }

    private CompletableFuture<Outcome> applied(LifecycleEvent event, UnhealthyPolicy policy) {
        if (event.event() == EventType.REJECTED || event.toState().isTerminal()) {
            throw ended();
        }
        // Events and specifications are projected from two topics: done is what whoever reads the agent next will see.
        return rows.read(event.agentId(), row -> row.spec().onUnhealthy().equals(policy))
                .thenApply(row -> new Outcome(own(row), !own(row).equals(policy)));
    }

    private static UnhealthyPolicy own(Optional<AgentRow> row) {
        return row.orElseThrow(RequestRefused::agentNotFound).spec().onUnhealthy();
    }

    private AgentRow find(WorkspaceId workspace, AgentId agent) {
        return agents.find(agent)
                .filter(found -> found.spec().workspace().equals(workspace))
                .orElseThrow(RequestRefused::agentNotFound);
    }

    private static RequestRefused ended() {
        return new RequestRefused(
                HttpStatus.CONFLICT, "agent_ended", "Agent is terminated or about to be: its policy cannot be changed");
    }
}
