package io.agentstation.contracts.lifecycle;

/** Where an agent is in its life. */
public enum AgentState {
    /** Accepted; nothing of it on the cluster yet. */
    NEW,
    /** Its resources are applied on Kubernetes; no heartbeat yet. */
    PROVISIONED,
    /** It has been heard. */
    ACTIVE,
    /** Asked to finish, or deleted while active. */
    DRAINING,
    /** Nothing of it is left and its name is free; by a user's wish. */
    TERMINATED,
    /** Nothing of it is left and its name is free; by the Station's decision. */
    KILLED;

    /** Whether no further event can come. */
    public boolean isTerminal() {
        return this == TERMINATED || this == KILLED;
    }
}
