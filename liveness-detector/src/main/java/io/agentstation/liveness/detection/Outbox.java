package io.agentstation.liveness.detection;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.liveness.DetectorReport;
import java.time.Duration;

/** Where a partition's detector writes what it has decided. */
public interface Outbox {

    /** Appends an event to the agent's lifecycle. */
    void event(LifecycleEvent event);

    /** Appends that an agent fell silent, decided so long after the deadline, by the log. */
    void silence(LifecycleEvent event, Duration afterDeadline);

    /** Appends a command of the Station. */
    void command(AgentCommand command);

    /** Writes what the partition's detector says of itself. */
    void report(DetectorReport report);

    /** Writes a workspace's counts in this partition. */
    void fleet(FleetCounts counts);
}
