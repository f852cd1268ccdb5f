package io.agentstation.gateway.lifecycle;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.store.agents.AgentRow;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Events and rows to test with. */
final class Events {

    static final WorkspaceId WORKSPACE = WorkspaceId.of("w");

    private Events() {}

    static LifecycleEvent event(
            AgentId agent, long sequence, EventType type, AgentState to, Map<String, Object> metadata) {
        return new LifecycleEvent(
                LifecycleEvent.idOf(agent, sequence),
                agent,
                WORKSPACE,
                "a",
                sequence,
                type,
                to,
                to,
                Health.UNKNOWN,
                null,
                "system",
                Instant.EPOCH,
                metadata);
    }

    static AgentRow row(AgentId agent, long sequence, AgentState state, @Nullable String desired) {
        AgentSpec spec = new AgentSpec(
                WORKSPACE,
                "a",
                null,
                "image",
                Resources.DEFAULT,
                1,
                8080,
                new TreeMap<>(),
                new TreeSet<>(),
                UnhealthyPolicy.INHERIT,
                null);
        return new AgentRow(
                agent,
                spec,
                state,
                Health.UNKNOWN,
                sequence,
                null,
                null,
                null,
                null,
                desired,
                null,
                null,
                null,
                null,
                null);
    }
}
