package io.agentstation.provisioner.sweep;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.agents.AgentRecords;
import io.agentstation.provisioner.objects.Labels;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what was listed on the cluster with the rows, which are read afterwards: whatever was made before the list had its
 * row before, because a row is written before anything is applied. The other way round, an agent made in between would look
 * like an orphan.
 */
final class Orphans {

    private final AgentRecords records;
    private int rows;

    Orphans(AgentRecords records) {
        this.records = records;
    }

    /** How many rows of any phase the last comparison has seen. */
    int rows() {
        return rows;
    }

    /** Those of the listed agents that should have nothing on the cluster. */
    List<Orphan> among(Map<AgentId, List<HasMetadata>> listed, Set<Integer> partitions) {
        Set<AgentId> living = living(partitions);
        List<Orphan> orphans = new ArrayList<>();
        listed.forEach((agent, objects) -> {
            if (!living.contains(agent)) {
                find(agent, objects).ifPresent(orphans::add);
            }
        });
        return orphans;
    }

    /** Asks for the row at SERIAL: it decides, not the scan. */
    private Optional<Orphan> find(AgentId agent, List<HasMetadata> objects) {
        int partition = Labels.partitionOf(objects.get(0)).orElseThrow();
        Optional<DesiredAgent> row = records.find(partition, agent);
        return row.filter(found -> found.phase() != Phase.REMOVED).isPresent()
                ? Optional.empty()
                : Optional.of(new Orphan(agent, partition, row.isPresent(), objects));
    }

    /** An ordinary scan: who lives by it needs no closer look. Rows that it misses are read one by one. */
    private Set<AgentId> living(Set<Integer> partitions) {
        Set<AgentId> living = new HashSet<>();
        rows = 0;
        for (int partition : partitions) {
            for (DesiredAgent row : records.inPartition(partition)) {
                rows++;
                if (row.phase() != Phase.REMOVED) {
                    living.add(row.agentId());
                }
            }
        }
        return living;
    }

    /** The objects by agent, of these partitions; what is on its way out already is left out. */
    static Map<AgentId, List<HasMetadata>> byAgent(List<HasMetadata> objects, Set<Integer> partitions) {
        Map<AgentId, List<HasMetadata>> agents = new LinkedHashMap<>();
        for (HasMetadata object : objects) {
            boolean staying = object.getMetadata().getDeletionTimestamp() == null;
            if (staying
                    && Labels.partitionOf(object).filter(partitions::contains).isPresent()) {
                Labels.agentOf(object)
                        .ifPresent(agent -> agents.computeIfAbsent(agent, id -> new ArrayList<>())
                                .add(object));
            }
        }
        return agents;
    }
}
