package io.agentstation.contracts.webhooks;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a receiver gets: the documented fields, and those by which it de-duplicates and orders.
 *
 * @param data             {@code from_state} (null before the first), {@code to_state}, {@code health}, and what else the
 *                         event says
 * @param id               of the event, the same in every repetition; also the header {@code webhook-id}
 * @param sequence         of the event in its agent's life
 * @param previousSequence of the last event of this agent that this subscription's filter took; 0 before the first
 */
public record WebhookBody(
        String event,
        AgentId agentUuid,
        String agentName,
        Instant timestamp,
        Map<String, Object> data,
        UUID id,
        long sequence,
        long previousSequence,
        WorkspaceId workspaceId) {

    public WebhookBody {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /**
     * The body for an event.
     *
     * @throws IllegalArgumentException when events of this type are not sent
     */
    public static WebhookBody of(LifecycleEvent event, long previousSequence) {
        String name = WebhookEvents.nameOf(event.event())
                .orElseThrow(() -> new IllegalArgumentException("events of this type are not sent: " + event.event()));
        return new WebhookBody(
                name,
                event.agentId(),
                event.name(),
                event.occurredAt(),
                data(event),
                event.id(),
                event.sequence(),
                previousSequence,
                event.workspace());
    }

    // What an event says of itself never hides the documented fields.
    private static Map<String, Object> data(LifecycleEvent event) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(
                "from_state",
                event.fromState() == null ? null : event.fromState().name());
        data.put("to_state", event.toState().name());
        data.put("health", event.health().wireName());
        data.put("triggered_by", event.triggeredBy());
        event.metadata().forEach(data::putIfAbsent);
        return data;
    }
}
