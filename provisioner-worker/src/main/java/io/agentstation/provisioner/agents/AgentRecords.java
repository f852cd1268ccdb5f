package io.agentstation.provisioner.agents;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.desired.DesiredAgent;
import java.util.Map;
import java.util.Optional;

/**
 * What the store keeps of agents, as the provisioner needs it. Every call waits, can be repeated, and throws
 * {@link io.agentstation.store.session.StoreUnavailable} when Cassandra is away.
 */
public interface AgentRecords {

    /** The desired state, every write in flight decided. */
    Optional<DesiredAgent> find(int partition, AgentId agent);

    /**
     * The desired state as it is or was, or none though there is one: much cheaper than {@link #find}. Good for a {@link #write}, which
     * is refused when there is a newer one, and to act on when {@link #find} verifies the act.
     */
    Optional<DesiredAgent> glance(int partition, AgentId agent);

    /** Replaces the row as read (or its absence) by the next; false when it is no longer as read. */
    boolean write(Optional<DesiredAgent> read, DesiredAgent next);

    /** Every agent of a partition. */
    Iterable<DesiredAgent> inPartition(int partition);

    /**
     * Makes the name the agent's for good; false when another agent owns it. A name that was once the agent's for good may be taken
     * for its own although its removal has given it up: to act on when {@link #find} verifies the act.
     */
    boolean confirmName(DesiredAgent agent);

    /** Whether the agent owns its name now. */
    boolean ownsName(DesiredAgent agent);

    /**
     * The values of the environment variables of the agent's specification, in clear; those that are not there are left out.
     *
     * @throws EnvironmentUnreadable when they were not sealed with this station's key
     */
    Map<String, String> environment(DesiredAgent agent);

    /** Frees the name if it is the agent's, and erases the values of its environment variables. */
    void release(DesiredAgent agent);
}
