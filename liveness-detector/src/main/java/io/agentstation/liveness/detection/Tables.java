package io.agentstation.liveness.detection;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.ticks.StallTracker.Gateway;
import io.agentstation.contracts.ticks.StallTracker.LogClock;
import io.agentstation.liveness.facts.AgentFacts;
import io.agentstation.liveness.watch.WatchStore;

/** What a partition's detector keeps across restarts. */
public record Tables(
        Table<AgentId, AgentFacts> agents,
        WatchStore watches,
        Table<String, Gateway> gateways,
        Table<String, LogClock> clock,
        Table<WorkspaceId, FleetCounts> fleet) {}
