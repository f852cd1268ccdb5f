package io.agentstation.gateway.operations;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.gateway.agents.UpdateForm.Update;
import io.agentstation.store.agents.AgentRow;

/** Some fields of the specification; the values of its variables are sealed before it is published. */
record Respecify(Update update) implements Change {

    @Override
    public Kind kind() {
        return Kind.UPDATE;
    }

    @Override
    public AgentCommand command(AgentCommand.Meta meta) {
        return new AgentCommand.Update(meta, update.sealedAs(version(meta.commandId())));
    }

    /** Under which version the values of this command are sealed. */
    static String version(CommandId command) {
        return command.toString();
    }

    @Override
    public AgentSpec applied(AgentSpec before) {
        try {
            return before.patched(update.patch());
        } catch (IllegalArgumentException e) {
            // It was checked with what the agent was a moment ago, and somebody else's update has come since: the fold
            // decides.
            return before;
        }
    }

    @Override
    public boolean isSeen(AgentRow row) {
        return row.spec().environment().containsAll(update.values().keySet())
                && applied(row.spec()).equals(row.spec());
    }
}
