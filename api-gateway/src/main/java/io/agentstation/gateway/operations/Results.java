package io.agentstation.gateway.operations;

import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.lifecycle.CaughtUpRows;
import io.agentstation.gateway.operations.Answer.Result;
import io.agentstation.store.agents.AgentRow;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.springframework.http.HttpStatus;

/** From the event that tells what came of a command, or its absence, to the answer. */
final class Results {

    private final CaughtUpRows rows;

    Results(CaughtUpRows rows) {
        this.rows = rows;
    }

    /**
     * The result, when the agent's row shows it.
     *
     * @param before the row, should it not be found any more
     * @param outcome empty when it did not come in time
     * @throws RequestRefused 409 when the log had something else before the command
     */
    CompletableFuture<Result> of(
            Operations.Request request, AgentRow before, CommandId command, Optional<CommandOutcome> outcome) {
        Change change = request.change();
        if (outcome.isEmpty()) {
            String queued = change.kind().subject() + " is queued";
            return rows.read(request.agent(), 0)
                    .thenApply(row -> new Result(queued, command, row.orElse(before), true));
        }
        CommandOutcome told = outcome.get();
        if (!told.isDone(change.kind())) {
            throw refused(change, told.reason() == null ? "The agent is " + told.toState() : told.reason());
        }
        // Events and specifications are projected from two topics: done is what whoever reads the agent next will see.
        Predicate<AgentRow> seen = row -> row.sequence() >= told.sequence() && (!told.isNew() || change.isSeen(row));
        return rows.read(request.agent(), seen)
                .thenApply(row -> new Result(
                        message(change, told),
                        command,
                        row.orElse(before),
                        row.filter(seen).isEmpty()));
    }

    /** 409: the command is not carried out. */
    static RequestRefused refused(Change change, String why) {
        return new RequestRefused(
                HttpStatus.CONFLICT, "agent_ended", change.kind().subject() + " is refused: " + why);
    }

    private static String message(Change change, CommandOutcome told) {
        if (told.event() == EventType.NO_CHANGE) {
            return change.unchanged(Objects.requireNonNullElse(told.reason(), "The agent is so already"));
        }
        return told.event() == change.kind().done() ? change.sentence() : "Agent is " + told.toState();
    }
}
