package io.agentstation.gateway.heartbeats;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.history.AsSent;
import io.agentstation.store.reports.StoredHeartbeat;
import java.time.Instant;

/** A heartbeat; {@code id} is its offset in the agent's partition. */
public record HeartbeatView(String id, AgentId agentUuid, String mode, Number uptimeSeconds, Instant timestamp) {
    /** As it is stored. */
    public static HeartbeatView of(StoredHeartbeat stored) {
        return new HeartbeatView(
                Long.toString(stored.offset()),
                stored.agent(),
                stored.heartbeat().mode().name(),
                AsSent.number(stored.heartbeat().uptimeSeconds()),
                stored.appendTime());
    }
}
