package io.agentstation.guarantees.telemetry;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** What Kafka has acknowledged: the offsets of each agent's reports. Thread-safe. */
final class Ledger {

    private final Map<Topic, Map<AgentId, Set<Long>>> offsets = new ConcurrentHashMap<>();

    void acknowledged(Topic topic, AgentId agent, long offset) {
        offsets.computeIfAbsent(topic, of -> new ConcurrentHashMap<>())
                .computeIfAbsent(agent, of -> new ConcurrentSkipListSet<>())
                .add(offset);
    }

    /** The agents of whom something was acknowledged. */
    Set<AgentId> agents(Topic topic) {
        return Set.copyOf(offsets.getOrDefault(topic, Map.of()).keySet());
    }

    /** The agent's reports, oldest first. */
    List<Long> offsets(Topic topic, AgentId agent) {
        return List.copyOf(offsets.getOrDefault(topic, Map.of()).getOrDefault(agent, Set.of()));
    }

    /** How many reports were acknowledged. */
    long count(Topic topic) {
        return offsets.getOrDefault(topic, Map.of()).values().stream()
                .mapToLong(Set::size)
                .sum();
    }
}
