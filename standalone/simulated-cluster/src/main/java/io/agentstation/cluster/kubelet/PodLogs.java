package io.agentstation.cluster.kubelet;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The logs of all containers that have started in this process: of the last start and of the one before. Thread-safe. */
public final class PodLogs {

    private record Key(String podUid, String container) {}

    private record Logs(ContainerLog last, @Nullable ContainerLog previous) {}

    private final Map<Key, Logs> logs = new ConcurrentHashMap<>();
    private final Clock clock;

    public PodLogs(Clock clock) {
        this.clock = clock;
    }

    /** The log of a container's last start; empty when it has not started. */
    public Optional<ContainerLog> of(String podUid, String container) {
        return Optional.ofNullable(logs.get(new Key(podUid, container))).map(Logs::last);
    }

    /** The log of the start before the last; empty when there was none. */
    public Optional<ContainerLog> previousOf(String podUid, String container) {
        return Optional.ofNullable(logs.get(new Key(podUid, container))).map(Logs::previous);
    }

    /** A new log for a container that starts. */
    ContainerLog open(String podUid, String container) {
        ContainerLog fresh = new ContainerLog(clock);
        logs.compute(
                new Key(podUid, container), (key, before) -> new Logs(fresh, before == null ? null : before.last()));
        return fresh;
    }

    void forget(String podUid) {
        logs.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().podUid().equals(podUid);
            if (gone) {
                entry.getValue().last().end();
            }
            return gone;
        });
    }
}
