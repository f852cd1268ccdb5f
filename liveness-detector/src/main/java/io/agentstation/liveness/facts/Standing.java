package io.agentstation.liveness.facts;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.Health;
import org.jspecify.annotations.Nullable;

/**
 * What a created agent counts as in its fleet.
 *
 * @param health null for a terminal agent
 */
public record Standing(
        WorkspaceId workspace, AgentState state, @Nullable Health health) {}
