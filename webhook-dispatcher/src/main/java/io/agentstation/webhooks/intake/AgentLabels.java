package io.agentstation.webhooks.intake;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The labels that agents carry now; each is looked up once for a batch, and only when a filter asks for it. */
final class AgentLabels {

    // The row is written before the create is answered, which is about as long after the command as the first event.
    private static final Duration ROW_COMES_WITHIN = Duration.ofSeconds(30);

    private final Agents agents;
    private final Clock clock;
    private final Map<AgentId, Map<String, String>> found = new HashMap<>();

    AgentLabels(Agents agents, Clock clock) {
        this.agents = agents;
        this.clock = clock;
    }

    /**
     * The labels of an event's agent.
     *
     * @throws AgentNotStoredYet when they cannot be known yet; after half a minute an agent without a row has none
     */
    Map<String, String> of(LifecycleEvent event) {
        Map<String, String> known = found.get(event.agentId());
        if (known == null) {
            known = read(event);
            found.put(event.agentId(), known);
        }
        return known;
    }

    private Map<String, String> read(LifecycleEvent event) {
        Optional<AgentRow> row = agents.find(event.agentId());
        if (row.isEmpty() && clock.instant().isBefore(event.occurredAt().plus(ROW_COMES_WITHIN))) {
            throw new AgentNotStoredYet(event.agentId());
        }
        return row.<Map<String, String>>map(agent -> agent.spec().labels()).orElse(Map.of());
    }
}
