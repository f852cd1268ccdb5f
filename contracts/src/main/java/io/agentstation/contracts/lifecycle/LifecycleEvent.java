package io.agentstation.contracts.lifecycle;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.NamedUuid;
import io.agentstation.contracts.ids.WorkspaceId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in an agent's life, on {@code agent.lifecycle}; only the detector writes it.
 *
 * @param id          uuid5(agent, sequence): the same event always has the same id
 * @param sequence    contiguous per agent, from 1
 * @param fromState   null for CREATED; equal to {@code toState} unless the event is a transition
 * @param health      the agent's health after the event
 * @param causedBy    the command that led to it, or null
 * @param triggeredBy the issuer's id, or {@code system}
 * @param occurredAt  log-append time of the record that completed the facts
 * @param metadata    what else a reader wants: reason, error_code, mode, replicas...
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(@JsonSubTypes.Type(value = LifecycleEvent.class, name = "agent.lifecycle.v1"))
public record LifecycleEvent(
        UUID id,
        AgentId agentId,
        WorkspaceId workspace,
        String name,
        long sequence,
        EventType event,
        @Nullable AgentState fromState,
        AgentState toState,
        Health health,
        @Nullable CommandId causedBy,
        String triggeredBy,
        Instant occurredAt,
        Map<String, Object> metadata) {

    public LifecycleEvent {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** The id that the event with this sequence of this agent has. */
    public static UUID idOf(AgentId agent, long sequence) {
        return NamedUuid.of(agent.value(), Long.toString(sequence));
    }
}
