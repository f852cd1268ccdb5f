package io.agentstation.store.events;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One lifecycle event as it is kept for the agent's history. */
public record StoredEvent(
        UUID id,
        AgentId agent,
        long sequence,
        EventType event,
        @Nullable AgentState fromState,
        AgentState toState,
        @Nullable CommandId causedBy,
        String triggeredBy,
        Instant occurredAt,
        Map<String, Object> metadata) {}
