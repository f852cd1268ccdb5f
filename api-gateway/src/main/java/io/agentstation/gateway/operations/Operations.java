package io.agentstation.gateway.operations;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.gateway.commands.Commands;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.lifecycle.CaughtUpRows;
import io.agentstation.gateway.lifecycle.ReportAdmission;
import io.agentstation.gateway.lifecycle.Waiters;
import io.agentstation.gateway.lifecycle.Waiters.Waiter;
import io.agentstation.gateway.operations.Answer.Result;
import io.agentstation.gateway.quota.Quota;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.secrets.AgentSecrets;
import io.agentstation.store.session.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Asks for a change of an agent by a command, at most once for each idempotency key, and waits for what comes of it without
 * holding a thread. The state is checked here for a quick answer; the fold of the commands has the last word.
 */
final class Operations {

    /**
     * One request.
     *
     * @param reason why, for the lifecycle, or null
     * @param patience how long to wait for the outcome
     */
    record Request(
            Caller caller,
            AgentId agent,
            Change change,
            @Nullable String reason,
            Duration patience) {}

    private final Agents agents;
    private final LifecycleEvents events;
    private final AgentSecrets secrets;
    private final Commands commands;
    private final Waiters waiters;
    private final CaughtUpRows rows;
    private final ReportAdmission admission;
    private final Quota quota;
    private final Results results;

    Operations(
            Agents agents,
            LifecycleEvents events,
            AgentSecrets secrets,
            Commands commands,
            Waiters waiters,
            CaughtUpRows rows,
            ReportAdmission admission,
            Quota quota) {
        this.agents = agents;
        this.events = events;
        this.secrets = secrets;
        this.commands = commands;
        this.waiters = waiters;
        this.rows = rows;
        this.admission = admission;
        this.quota = quota;
        this.results = new Results(rows);
    }

    /**
     * The agent, if it is the caller's.
     *
     * @throws RequestRefused 404 when it is not
     */
    AgentRow own(Caller caller, AgentId agent) {
        return find(caller, agent).orElseThrow(RequestRefused::agentNotFound);
    }

    /** The agent, if it is the caller's: itself, or its workspace's. */
    Optional<AgentRow> find(Caller caller, AgentId agent) {
        return agents.find(agent)
                .filter(row -> caller instanceof Caller.Agent itself
                        ? itself.id().equals(agent)
                        : row.spec().workspace().equals(caller.user().workspace()));
    }

    /**
     * What comes of it within the wait.
     *
     * @param row      the agent as it was read
     * @param ticket the command's id, and whether it is in the log already
     * @return fails with {@link RequestRefused}: 410 when the agent has ended, 409 when its state does not allow the change,
     *     403 when the quota leaves no room;
     *     with {@link io.agentstation.gateway.kafka.PublishFailed} when the command is not, or not certainly, in the log
     */
    CompletableFuture<Result> ask(Request request, AgentRow row, Ticket ticket) {
        CommandId command = new CommandId(ticket.id());
        Waiter waiter = waiters.register(
                request.agent(),
                event -> CommandOutcome.isOutcome(event, request.change().kind(), command));
        // A failure before the future exists becomes a failed future, so that the waiter is closed in every case.
        return CompletableFuture.completedFuture(row)
                .thenCompose(read -> ticket.isDone()
                        ? toldBefore(request, command)
                        : begin(request, read, ticket).thenApply(asked -> Optional.<CommandOutcome>empty()))
                .thenCompose(told -> told.isPresent()
                        ? CompletableFuture.completedFuture(told)
                        : waiter.within(request.patience()).thenApply(event -> event.map(CommandOutcome::of)))
                .thenCompose(outcome -> results.of(request, row, command, outcome))
                .whenComplete((result, failure) -> waiter.close());
    }

    private CompletableFuture<Optional<CommandOutcome>> toldBefore(Request request, CommandId command) {
        return events.of(request.agent())
                .thenApply(all -> CommandOutcome.among(all, request.change().kind(), command))
                .toCompletableFuture();
    }

    private CompletableFuture<AgentRow> begin(Request request, AgentRow read, Ticket ticket) {
        return upToDate(request, read).thenApply(row -> {
            requireLegal(request.change(), row);
            // An end that was asked for before is not asked for again.
            boolean ends =
                    request.change() instanceof Change.Kill ? "KILLED".equals(row.desired()) : row.desired() != null;
            if (!ends) {
                quota.requireRoomFor(row.spec(), request.change().applied(row.spec()));
                publish(request, ticket);
            }
            return row;
        });
    }

    /** A row that speaks against the change may be behind what the client has seen: looked at again, for a second. */
    private CompletableFuture<AgentRow> upToDate(Request request, AgentRow read) {
        boolean settled = read.state().isTerminal()
                || read.desired() != null
                || request.change().objection(read.state()).isEmpty();
        return settled
                ? CompletableFuture.completedFuture(read)
                : Deadline.current()
                        .carry(rows.read(
                                        request.agent(),
                                        row -> request.change()
                                                .objection(row.state())
                                                .isEmpty())
                                // Off the driver's thread, on which nothing may wait for the store.
                                .thenApplyAsync(now -> now.orElse(read)));
    }

    private static void requireLegal(Change change, AgentRow row) {
        if (row.state().isTerminal()) {
            throw new RequestRefused(
                    HttpStatus.GONE, "agent_gone", "Agent is " + row.state() + ": nothing is left to be changed");
        }
        if (row.desired() != null && !change.kind().isEnd()) {
            throw Results.refused(change, "The end of the agent was asked for");
        }
        if (row.desired() == null) {
            change.objection(row.state()).ifPresent(why -> {
                throw new RequestRefused(HttpStatus.CONFLICT, "illegal_state", why);
            });
        }
    }

    private void publish(Request request, Ticket ticket) {
        CommandId command = new CommandId(ticket.id());
        if (request.change() instanceof Respecify respecify) {
            secrets.write(
                    request.agent(),
                    Respecify.version(command),
                    respecify.update().values());
        }
        commands.publish(
                request.change().command(commands.meta(request.caller(), request.agent(), command, request.reason())));
        ticket.done();
        // Not for the end of a drain, which ends nothing when a resume stands before it in the log.
        if (request.change().kind() == Kind.KILL) {
            admission.endAskedFor(request.agent());
        }
    }
}
