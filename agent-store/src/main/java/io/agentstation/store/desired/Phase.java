package io.agentstation.store.desired;

/** What the fold of an agent's commands comes to. */
public enum Phase {
    RUN,
    DRAIN,
    DELETE,
    KILL,
    /** Deleted or killed, and nothing is left: kept so that a late duplicate cannot bring the agent back. */
    REMOVED
}
