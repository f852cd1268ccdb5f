package io.agentstation.gateway.operations;

import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.agents.AgentView;
import io.agentstation.store.agents.AgentRow;
import org.jspecify.annotations.Nullable;

/**
 * The answer to every operation.
 *
 * @param state     as it is now
 * @param pending   true when the command is durably queued and it is not known yet what came of it
 * @param commandId {@code caused_by} of the events that it leads to
 */
record Answer(
        String message,
        AgentState state,
        @Nullable String desired,
        boolean pending,
        CommandId commandId,
        AgentView agent) {

    static Answer of(Result result, GatewaySettings settings) {
        AgentRow row = result.row();
        AgentView view = AgentView.of(row, settings);
        return new Answer(result.message(), row.state(), view.desired(), result.pending(), result.command(), view);
    }

    /**
     * What came of an operation until now.
     *
     * @param row as it is now
     */
    record Result(String message, CommandId command, AgentRow row, boolean pending) {}
}
