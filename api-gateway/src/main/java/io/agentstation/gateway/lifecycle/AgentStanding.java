package io.agentstation.gateway.lifecycle;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.store.agents.AgentRow;

/**
 * What must be known of an agent to take its reports.
 *
 * @param sequence of the newest lifecycle event in it
 * @param leaving  whether its end was asked for
 */
record AgentStanding(WorkspaceId workspace, AgentState state, long sequence, boolean leaving) {

    private static final String DELETED = "deleted";

    static AgentStanding of(AgentRow row) {
        return new AgentStanding(row.spec().workspace(), row.state(), row.sequence(), row.desired() != null);
    }

    static AgentStanding of(LifecycleEvent event) {
        boolean deleted = event.event() == EventType.DRAINING
                && DELETED.equals(event.metadata().get("reason"));
        return new AgentStanding(event.workspace(), event.toState(), event.sequence(), deleted);
    }

    /** Whether its reports are no longer wanted. */
    boolean isGone() {
        return leaving || state.isTerminal();
    }

    /** The newer of the two; an end that was once asked for is never taken back. */
    AgentStanding merge(AgentStanding other) {
        AgentStanding newer = other.sequence >= sequence ? other : this;
        return new AgentStanding(newer.workspace, newer.state, newer.sequence, leaving || other.leaving);
    }

    /** The same agent after its end was asked for. */
    AgentStanding asLeaving() {
        return new AgentStanding(workspace, state, sequence, true);
    }
}
