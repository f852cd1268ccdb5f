package io.agentstation.liveness.detection;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.liveness.facts.Standing;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts a partition's agents per workspace, by state and by health, and remembers which counts have changed. */
final class FleetTally {

    private final int partition;
    private final Table<WorkspaceId, FleetCounts> table;
    private final Map<WorkspaceId, FleetCounts> counts = new HashMap<>();
    private final Map<Health, Long> totals = new EnumMap<>(Health.class);
    private final Set<WorkspaceId> changed = new LinkedHashSet<>();
    private final Set<WorkspaceId> unwritten = new LinkedHashSet<>();

    FleetTally(int partition, Table<WorkspaceId, FleetCounts> table) {
        this.partition = partition;
        this.table = table;
        table.forEach(counts::put);
        counts.values()
                .forEach(each -> each.health().forEach((health, count) -> totals.merge(health, count, Long::sum)));
        // What had changed before the restart may not have been written: write all once.
        changed.addAll(counts.keySet());
    }

    void move(Optional<Standing> from, Optional<Standing> to) {
        if (!from.equals(to)) {
            from.ifPresent(standing -> add(standing, -1));
            to.ifPresent(standing -> add(standing, 1));
        }
    }

    /** How many agents of all workspaces have this health. */
    long total(Health health) {
        return totals.getOrDefault(health, 0L);
    }

    /** Whether the table lacks anything. */
    boolean hasUnwritten() {
        return !unwritten.isEmpty();
    }

    /** Brings the table up to date: once before a commit, however many agents have moved since the last. */
    void write() {
        unwritten.forEach(workspace -> table.put(workspace, of(workspace)));
        unwritten.clear();
    }

    void writeChanged(Outbox outbox) {
        changed.forEach(workspace -> outbox.fleet(of(workspace)));
        changed.clear();
    }

    private void add(Standing standing, long difference) {
        FleetCounts before = of(standing.workspace());
        Map<AgentState, Long> states = new EnumMap<>(AgentState.class);
        states.putAll(before.states());
        states.merge(standing.state(), difference, Long::sum);
        Map<Health, Long> health = new EnumMap<>(Health.class);
        health.putAll(before.health());
        if (standing.health() != null) {
            health.merge(standing.health(), difference, Long::sum);
            totals.merge(standing.health(), difference, Long::sum);
        }
        FleetCounts after = new FleetCounts(standing.workspace(), partition, states, health);
        counts.put(standing.workspace(), after);
        changed.add(standing.workspace());
        unwritten.add(standing.workspace());
    }

    private FleetCounts of(WorkspaceId workspace) {
        return counts.getOrDefault(workspace, new FleetCounts(workspace, partition, Map.of(), Map.of()));
    }
}
