package io.agentstation.provisioner.commands;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.AgentRecords;
import io.agentstation.provisioner.fold.Decision;
import io.agentstation.provisioner.fold.Fold;
import io.agentstation.provisioner.observations.Observations;
import io.agentstation.provisioner.reconciliation.AgentTasks;
import io.agentstation.provisioner.reconciliation.Asked;
import io.agentstation.provisioner.status.StatusReports;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One command in, exactly one outcome out: folds it into the desired state by compare-and-set, then acts.
 *
 * <p>Idempotent: a command that is read again changes nothing and repeats its outcome.
 */
public final class CommandHandler {

    private final AgentRecords records;
    private final AgentTasks tasks;
    private final Observations observations;
    private final StatusReports reports;
    private final AgentLocks locks;

    /** With the lock under which all act on agents. */
    public CommandHandler(
            AgentRecords records,
            AgentTasks tasks,
            Observations observations,
            StatusReports reports,
            AgentLocks locks) {
        this.records = records;
        this.tasks = tasks;
        this.observations = observations;
        this.reports = reports;
        this.locks = locks;
    }

    /**
     * Handles the command at this place of the log; returns when it is folded in, which waits for the store. To be called in
     * the order of an agent's commands.
     *
     * @return ends when the outcome has been acknowledged by Kafka, or the agent is queued for another attempt that publishes it;
     *     with an exception when that met a defect
     */
    public CompletionStage<?> handle(AgentCommand command, int partition, long offset) {
        // At most one.
        List<DesiredAgent> toActOn = new ArrayList<>();
        locks.run(command.agentId(), () -> fold(command, partition, offset, toActOn));
        // Not under the lock, which whoever acts takes.
        return toActOn.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : tasks.act(toActOn.get(0), Asked.by(command));
    }

    private void fold(AgentCommand command, int partition, long offset, List<DesiredAgent> toActOn) {
        // Nobody but its Provision makes an agent's first row: the write itself says whether that is there, unread.
        Optional<DesiredAgent> assumed = command.operation() == Operation.PROVISION
                ? Optional.empty()
                : records.glance(partition, command.agentId());
        boolean done = advances(assumed, command, partition, offset, toActOn);
        while (!done) {
            Optional<DesiredAgent> read = records.find(partition, command.agentId());
            done = attempt(read, command, partition, offset, toActOn);
        }
    }

    /** Of what may not be the row only a write can come, which is refused then; every other answer is for who has read the row. */
    private boolean advances(
            Optional<DesiredAgent> assumed,
            AgentCommand command,
            int partition,
            long offset,
            List<DesiredAgent> toActOn) {
        return Fold.next(assumed, command, partition, offset)
                .match(new Decision.Cases<Boolean>(
                        advance -> advance(assumed, advance.next(), toActOn),
                        repeat -> false,
                        noChange -> false,
                        rejected -> false));
    }

    /** False when the row is another by now: then it is to be read again. */
    private boolean attempt(
            Optional<DesiredAgent> read, AgentCommand command, int partition, long offset, List<DesiredAgent> toActOn) {
        return Fold.next(read, command, partition, offset)
                .match(new Decision.Cases<Boolean>(
                        advance -> advance(read, advance.next(), toActOn),
                        repeat -> decided(repeat.current(), toActOn),
                        noChange -> answer(new Observation.NoChange(
                                command.agentId(), command.commandId(), command.operation(), noChange.reason())),
                        rejected -> answer(new Observation.Rejected(
                                command.agentId(), command.commandId(), command.operation(), rejected.reason()))));
    }

    private boolean advance(Optional<DesiredAgent> read, DesiredAgent next, List<DesiredAgent> toActOn) {
        return records.write(read, next) && decided(next, toActOn);
    }

    private boolean decided(DesiredAgent agent, List<DesiredAgent> toActOn) {
        if (agent.phase() == Phase.DELETE || agent.phase() == Phase.KILL) {
            // At once, for the removal may take as long as the pods' grace period.
            reports.report(agent);
        }
        toActOn.add(agent);
        return true;
    }

    private boolean answer(Observation outcome) {
        observations.publish(outcome);
        return true;
    }
}
