package io.agentstation.contracts.policies;

import io.agentstation.contracts.ids.WorkspaceId;

/**
 * The policies of a workspace, for its agents that name none; on {@code agent.policies}, keyed by the workspace, where
 * the newest record counts. A workspace without a record has {@link UnhealthyPolicy#NONE}.
 *
 * @param onUnhealthy never {@link UnhealthyPolicy.Action#INHERIT}: there is nothing above a workspace
 */
public record WorkspacePolicies(WorkspaceId workspace, UnhealthyPolicy onUnhealthy) {

    public WorkspacePolicies {
        if (onUnhealthy.action() == UnhealthyPolicy.Action.INHERIT) {
            throw new IllegalArgumentException("on_unhealthy of a workspace must not be inherit: " + workspace);
        }
    }
}
