package io.agentstation.contracts.lifecycle;

import io.agentstation.contracts.ids.WorkspaceId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many agents of a workspace one partition holds, by state and by health; on {@code agent.fleet}, where the newest
 * record of each (workspace, partition) counts. Health is counted for live agents only.
 */
public record FleetCounts(
        WorkspaceId workspace, int partition, Map<AgentState, Long> states, Map<Health, Long> health) {

    public FleetCounts {
        Map<AgentState, Long> byState = new EnumMap<>(AgentState.class);
        byState.putAll(states);
        Map<Health, Long> byHealth = new EnumMap<>(Health.class);
        byHealth.putAll(health);
        states = Collections.unmodifiableMap(byState);
        health = Collections.unmodifiableMap(byHealth);
    }

    /** The record's key. */
    public static String key(WorkspaceId workspace, int partition) {
        return workspace + "/" + partition;
    }
}
