package io.agentstation.cluster.kubelet;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The logs of all containers that have started in this process. Thread-safe. */
public final class PodLogs {

    private record Key(String podUid, String container) {}

    private final Map<Key, ContainerLog> logs = new ConcurrentHashMap<>();
    private final Clock clock;

    public PodLogs(Clock clock) {
        this.clock = clock;
    }

    /** The log of a container; empty when it has not started. */
    public Optional<ContainerLog> of(String podUid, String container) {
        return Optional.ofNullable(logs.get(new Key(podUid, container)));
    }

    ContainerLog open(String podUid, String container) {
        return logs.computeIfAbsent(new Key(podUid, container), key -> new ContainerLog(clock));
    }

    void forget(String podUid) {
        logs.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().podUid().equals(podUid);
            if (gone) {
                entry.getValue().end();
            }
            return gone;
        });
    }
}
