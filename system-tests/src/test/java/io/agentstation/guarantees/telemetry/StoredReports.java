package io.agentstation.guarantees.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.reports.StoredMetrics;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What Cassandra holds, agent by agent. */
final class StoredReports implements AutoCloseable {

    private final Store store;
    private final Heartbeats heartbeats;
    private final Metrics metrics;

    StoredReports(StoreSettings settings) {
        this.store = StoreSession.open(settings);
        this.heartbeats = new Heartbeats(store);
        this.metrics = new Metrics(store);
    }

    /** Every report of the ledger is a row once, and there is no other row. */
    void requireExactly(Ledger ledger, Topic topic) {
        List<String> wrong = new ArrayList<>();
        for (AgentId agent : ledger.agents(topic)) {
            List<Long> acknowledged = ledger.offsets(topic, agent);
            List<Long> stored = offsets(topic, agent);
            if (!stored.equals(acknowledged)) {
                wrong.add(agent + ": " + acknowledged.size() + " acknowledged, " + stored.size() + " stored");
            }
        }
        assertThat(wrong).as("agents of whom %s and rows differ", topic).isEmpty();
    }

    /** How many acknowledged reports have no row. */
    long missing(Ledger ledger, Topic topic) {
        return ledger.agents(topic).stream()
                .mapToLong(agent -> {
                    Set<Long> stored = Set.copyOf(offsets(topic, agent));
                    return ledger.offsets(topic, agent).stream()
                            .filter(offset -> !stored.contains(offset))
                            .count();
                })
                .sum();
    }

    /** How many rows these agents have. */
    long count(Topic topic, List<AgentId> agents) {
        return agents.stream().mapToLong(agent -> offsets(topic, agent).size()).sum();
    }

    private List<Long> offsets(Topic topic, AgentId agent) {
        Instant now = Instant.now();
        return (topic == Topic.HEARTBEATS
                        ? heartbeats.latest(agent, now, Integer.MAX_VALUE).toCompletableFuture().join().stream()
                                .map(StoredHeartbeat::offset)
                        : metrics.latest(agent, now, Integer.MAX_VALUE).toCompletableFuture().join().stream()
                                .map(StoredMetrics::offset))
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
