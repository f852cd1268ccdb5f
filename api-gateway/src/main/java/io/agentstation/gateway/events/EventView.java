package io.agentstation.gateway.events;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.store.events.StoredEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A lifecycle event. */
public record EventView(
        UUID id,
        AgentId agentUuid,
        EventType eventType,
        @Nullable AgentState fromState,
        AgentState toState,
        Map<String, Object> metadata,
        Instant timestamp) {
    /** Whether the API shows it: a command that changed nothing is an outcome, and nothing that happened to the agent. */
    public static boolean isShown(StoredEvent stored) {
        return stored.event() != EventType.NO_CHANGE;
    }

    /** As it is stored. */
    public static EventView of(StoredEvent stored) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("triggered_by", stored.triggeredBy());
        metadata.putAll(stored.metadata());
        return new EventView(
                stored.id(),
                stored.agent(),
                stored.event(),
                stored.fromState(),
                stored.toState(),
                metadata,
                stored.occurredAt());
    }
}
