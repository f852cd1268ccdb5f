package io.agentstation.store.agents;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import java.time.Instant;
import java.util.Map;

/** Lifecycle events of one agent, each a second after the one before. */
final class TestEvents {

    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private TestEvents() {}

    static LifecycleEvent of(AgentId agent, long sequence, EventType type, AgentState to, Health health) {
        return new LifecycleEvent(
                LifecycleEvent.idOf(agent, sequence),
                agent,
                WorkspaceId.of("default"),
                "an-agent",
                sequence,
                type,
                sequence == 1 ? null : to,
                to,
                health,
                null,
                "system",
                at(sequence),
                Map.of());
    }

    static Instant at(long sequence) {
        return START.plusSeconds(sequence);
    }
}
