package io.agentstation.gateway.fleet;

import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.Health;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many agents a workspace has.
 *
 * @param total  of all states, terminated and killed included
 * @param states every state, zeros included
 * @param health of live agents only, zeros included
 */
record Fleet(long total, Map<AgentState, Long> states, Map<Health, Long> health) {

    static Fleet sum(Collection<FleetCounts> partitions) {
        Map<AgentState, Long> states = new EnumMap<>(AgentState.class);
        Map<Health, Long> health = new EnumMap<>(Health.class);
        for (AgentState state : AgentState.values()) {
            states.put(state, 0L);
        }
        for (Health value : Health.values()) {
            health.put(value, 0L);
        }
        for (FleetCounts counts : partitions) {
            counts.states().forEach((state, count) -> states.merge(state, count, Long::sum));
            counts.health().forEach((value, count) -> health.merge(value, count, Long::sum));
        }
        long total = states.values().stream().mapToLong(Long::longValue).sum();
        return new Fleet(total, states, health);
    }
}
