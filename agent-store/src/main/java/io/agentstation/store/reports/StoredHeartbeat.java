package io.agentstation.store.reports;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.ids.AgentId;
import java.time.Instant;

/**
 * A heartbeat with its place in the log.
 *
 * @param appendTime when the broker appended it
 * @param offset     of its record in the agent's partition
 */
public record StoredHeartbeat(AgentId agent, Instant appendTime, long offset, Heartbeat heartbeat)
        implements StoredReport {}
