package io.agentstation.liveness.detection;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.LifecycleEvent;

/** Where a partition's detector writes what it has decided. */
public interface Outbox {

    /** Appends an event to the agent's lifecycle. */
    void event(LifecycleEvent event);

    /** Appends a command of the Station. */
    void command(AgentCommand command);

    /** Writes a workspace's counts in this partition. */
    void fleet(FleetCounts counts);
}
