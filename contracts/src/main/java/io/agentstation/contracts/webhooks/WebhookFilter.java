package io.agentstation.contracts.webhooks;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events of its workspace a subscription is about.
 *
 * @param events names of {@link WebhookEvents}, or {@link WebhookEvents#ALL}
 * @param agent  only this agent's; null for every agent's
 * @param labels only agents that carry all of these
 */
public record WebhookFilter(Set<String> events, @Nullable AgentId agent, Map<String, String> labels) {

    public WebhookFilter {
        events = Set.copyOf(events);
        labels = Map.copyOf(labels);
    }

    /** Whether the answer depends on the agent's labels. */
    public boolean asksForLabels() {
        return !labels.isEmpty();
    }

    /** Whether the event is of a kind, and of an agent, that is asked for; its labels are another question. */
    public boolean concerns(LifecycleEvent event) {
        return (agent == null || agent.equals(event.agentId()))
                && WebhookEvents.nameOf(event.event()).filter(this::names).isPresent();
    }

    /** Whether an agent with these labels is asked for. */
    public boolean accepts(Map<String, String> agentsLabels) {
        return agentsLabels.entrySet().containsAll(labels.entrySet());
    }

    private boolean names(String event) {
        return events.contains(WebhookEvents.ALL) || events.contains(event);
    }
}
