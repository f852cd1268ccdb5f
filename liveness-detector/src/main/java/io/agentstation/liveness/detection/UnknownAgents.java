package io.agentstation.liveness.detection;

import io.agentstation.contracts.ids.AgentId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The agents of which facts but no Provision were seen: so many and no more, whoever writes to the topics. */
final class UnknownAgents {

    private record Seen(long firstSeenMs, AgentId agent) {}

    private final int max;
    private final Map<AgentId, Seen> byAgent = new HashMap<>();
    private final TreeSet<Seen> byAge = new TreeSet<>(Comparator.comparingLong(Seen::firstSeenMs)
            .thenComparing(seen -> seen.agent().value()));

    UnknownAgents(int max) {
        this.max = max;
    }

    void note(AgentId agent, long firstSeenMs, boolean isUnknown) {
        Seen before = byAgent.remove(agent);
        if (before != null) {
            byAge.remove(before);
        }
        if (isUnknown) {
            Seen seen = new Seen(firstSeenMs, agent);
            byAgent.put(agent, seen);
            byAge.add(seen);
        }
    }

    /** The oldest of them when there are too many, else null. */
    @Nullable
    AgentId surplus() {
        return byAge.size() > max ? byAge.first().agent() : null;
    }
}
