package io.agentstation.provisioner.reconciliation;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.store.desired.DesiredAgent;

/** A command whose outcome is due. */
public record Asked(CommandId commandId, Operation operation) {

    /** This command. */
    public static Asked by(AgentCommand command) {
        return new Asked(command.commandId(), command.operation());
    }

    /** The newest command of a desired state. */
    static Asked by(DesiredAgent agent) {
        return new Asked(agent.commandId(), agent.operation());
    }
}
