package io.agentstation.provisioner.fold;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.provisioner.fold.Decision.Advance;
import io.agentstation.provisioner.fold.Decision.NoChange;
import io.agentstation.provisioner.fold.Decision.Rejected;
import io.agentstation.provisioner.fold.Decision.Repeat;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import java.util.Optional;
import java.util.function.Function;

/**
 * The desired state of an agent as the fold of its commands in offset order.
 *
 * <p>Total and without side effects: any prefix of the commands that is read again decides nothing new. Only commands that
 * change the desired state advance its offset, so that the row always names the command whose outcome is due. Deprovision
 * absorbs all but Kill, Kill absorbs all. The newest command once more, at another offset, is a client's repetition.
 */
public final class Fold {

    private Fold() {}

    /** What the command at this offset comes to. */
    public static Decision next(Optional<DesiredAgent> current, AgentCommand command, int partition, long offset) {
        return current.map(agent -> onExisting(agent, command, offset))
                .orElseGet(() -> onUnknown(command, partition, offset));
    }

    /** The row of an agent of which nothing is left; a late duplicate can't bring it back. */
    public static DesiredAgent removed(DesiredAgent agent) {
        return with(agent, Phase.REMOVED, agent.spec(), agent.restartGeneration());
    }

    private static Decision onUnknown(AgentCommand command, int partition, long offset) {
        if (!(command instanceof AgentCommand.Provision provision)) {
            return new Rejected("There is no such agent");
        }
        return new Advance(new DesiredAgent(
                partition,
                command.agentId(),
                offset,
                1,
                Phase.RUN,
                provision.spec(),
                command.commandId(),
                Operation.PROVISION,
                command.meta().reason(),
                0));
    }

    private static Decision onExisting(DesiredAgent agent, AgentCommand command, long offset) {
        if (offset <= agent.appliedOffset() || command.commandId().equals(agent.commandId())) {
            return new Repeat(agent);
        }
        return switch (agent.phase()) {
            case RUN, DRAIN -> onLive(agent, command, offset);
            case DELETE -> onDeleted(agent, command, offset);
            case KILL, REMOVED ->
                isRemoval(command.operation()) ? new Repeat(agent) : new Rejected(gone(agent.phase()));
        };
    }

    private static Decision onDeleted(DesiredAgent agent, AgentCommand command, long offset) {
        return switch (command.operation()) {
            case KILL -> advance(agent, command, offset, Phase.KILL, agent.spec());
            case DEPROVISION -> new Repeat(agent);
            default -> new Rejected(gone(agent.phase()));
        };
    }

    private static Decision onLive(DesiredAgent agent, AgentCommand command, long offset) {
        Function<Phase, Decision> into = phase -> advance(agent, command, offset, phase, agent.spec());
        boolean draining = agent.phase() == Phase.DRAIN;
        return command.match(new AgentCommand.Cases<Decision>(
                provision -> new NoChange("The agent is provisioned already"),
                update -> updated(agent, update, offset),
                scale -> respecified(agent, command, offset, agent.spec().withReplicas(scale.replicas())),
                restart -> restarted(agent, command, offset),
                drain -> draining ? new NoChange("The agent is draining already") : into.apply(Phase.DRAIN),
                resume -> draining ? into.apply(Phase.RUN) : new NoChange("The agent is not draining"),
                deprovision -> deprovision.onlyEndsDrain() && !draining
                        ? new NoChange("The agent was resumed before its drain ended")
                        : into.apply(Phase.DELETE),
                kill -> into.apply(Phase.KILL)));
    }

    // What the gateway checked may have changed before the patch came: a request and its limit by two patches.
    private static Decision updated(DesiredAgent agent, AgentCommand.Update update, long offset) {
        try {
            return respecified(agent, update, offset, agent.spec().patched(update.patch()));
        } catch (IllegalArgumentException e) {
            return new Rejected("The update does not fit what the agent is now: " + e.getMessage());
        }
    }

    private static Decision respecified(DesiredAgent agent, AgentCommand command, long offset, AgentSpec spec) {
        return spec.equals(agent.spec())
                ? new NoChange("The agent is specified so already")
                : advance(agent, command, offset, agent.phase(), spec);
    }

    private static Decision restarted(DesiredAgent agent, AgentCommand command, long offset) {
        DesiredAgent next = folded(agent, command, offset);
        return new Advance(with(next, agent.phase(), agent.spec(), next.generation()));
    }

    private static Decision advance(
            DesiredAgent agent, AgentCommand command, long offset, Phase phase, AgentSpec spec) {
        return new Advance(with(folded(agent, command, offset), phase, spec, agent.restartGeneration()));
    }

    private static DesiredAgent folded(DesiredAgent agent, AgentCommand command, long offset) {
        return new DesiredAgent(
                agent.partition(),
                agent.agentId(),
                offset,
                agent.generation() + 1,
                agent.phase(),
                agent.spec(),
                command.commandId(),
                command.operation(),
                command.meta().reason(),
                agent.restartGeneration());
    }

    private static DesiredAgent with(DesiredAgent agent, Phase phase, AgentSpec spec, long restartGeneration) {
        return new DesiredAgent(
                agent.partition(),
                agent.agentId(),
                agent.appliedOffset(),
                agent.generation(),
                phase,
                spec,
                agent.commandId(),
                agent.operation(),
                agent.reason(),
                restartGeneration);
    }

    /** Whether the operation ends in Removed. */
    public static boolean isRemoval(Operation operation) {
        return operation == Operation.DEPROVISION || operation == Operation.KILL;
    }

    private static String gone(Phase phase) {
        return switch (phase) {
            case DELETE -> "The agent is being deleted";
            case KILL -> "The agent is being killed";
            default -> "The agent has been removed";
        };
    }
}
