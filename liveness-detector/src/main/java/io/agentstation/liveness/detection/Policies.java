package io.agentstation.liveness.detection;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;

/** The policies of the workspaces, as far as they are known now. */
public interface Policies {

    /** Of a workspace, {@link UnhealthyPolicy#NONE} when it has none. */
    UnhealthyPolicy of(WorkspaceId workspace);

    /** Rises whenever a policy changes. */
    long version();
}
