package io.agentstation.provisioner.agents;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The partitions of {@code agent.commands} that are this process's own now. Thread-safe. */
public final class OwnedPartitions {

    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();

    /** Whether the partition is owned. */
    public boolean contains(int partition) {
        return owned.contains(partition);
    }

    /** All of them, now. */
    public Set<Integer> all() {
        return Set.copyOf(owned);
    }

    /** These are owned from now on. */
    public void add(Collection<Integer> partitions) {
        owned.addAll(partitions);
    }

    /** These are not owned any more. */
    public void remove(Collection<Integer> partitions) {
        owned.removeAll(partitions);
    }
}
