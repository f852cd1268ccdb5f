package io.agentstation.provisioner.commands;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.AgentRecords;
import io.agentstation.provisioner.fold.Decision;
import io.agentstation.provisioner.fold.Fold;
import io.agentstation.provisioner.observations.Observations;
import io.agentstation.provisioner.reconciliation.AgentWork;
import io.agentstation.provisioner.reconciliation.Asked;
import io.agentstation.provisioner.status.StatusReports;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import java.util.List;
import java.util.Optional;

/**
 * One command in, exactly one outcome out: folds it into the desired state by compare-and-set, then acts.
 *
 * <p>Idempotent: a command that is read again changes nothing and repeats its outcome. It returns when the outcome has been
 * acknowledged by Kafka, or when the desired state is written and the agent is queued for another attempt.
 */
public final class CommandHandler {

    private final AgentRecords records;
    private final AgentWork work;
    private final Observations observations;
    private final StatusReports reports;
    private final AgentLocks locks;

    /** With the lock under which all act on agents. */
    public CommandHandler(
            AgentRecords records, AgentWork work, Observations observations, StatusReports reports, AgentLocks locks) {
        this.records = records;
        this.work = work;
        this.observations = observations;
        this.reports = reports;
        this.locks = locks;
    }

    /** Handles the command at this place of the log; waits for store, cluster and Kafka. */
    public void handle(AgentCommand command, int partition, long offset) {
        locks.run(command.agentId(), () -> {
            boolean done = false;
            while (!done) {
                done = attempt(command, partition, offset);
            }
        });
    }

    /** False when another worker has advanced the row meanwhile: then it is read again. */
    private boolean attempt(AgentCommand command, int partition, long offset) {
        Optional<DesiredAgent> current = records.find(partition, command.agentId());
        return Fold.next(current, command, partition, offset)
                .match(new Decision.Cases<Boolean>(
                        advance -> advance(current, advance.next(), command),
                        repeat -> act(repeat.current(), command),
                        noChange -> answer(new Observation.NoChange(
                                command.agentId(), command.commandId(), command.operation(), noChange.reason())),
                        rejected -> answer(new Observation.Rejected(
                                command.agentId(), command.commandId(), command.operation(), rejected.reason()))));
    }

    private boolean advance(Optional<DesiredAgent> current, DesiredAgent next, AgentCommand command) {
        return records.write(current, next) && act(next, command);
    }

    private boolean act(DesiredAgent agent, AgentCommand command) {
        if (agent.phase() == Phase.DELETE || agent.phase() == Phase.KILL) {
            // At once, for the removal may take as long as the pods' grace period.
            reports.report(agent);
        }
        work.act(agent, List.of(Asked.by(command)));
        return true;
    }

    private boolean answer(Observation outcome) {
        observations.publish(outcome);
        return true;
    }
}
