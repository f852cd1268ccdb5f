package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Lifecycle;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.guarantees.kafka.Log;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.events.StoredEvent;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** Reads Kafka, Cassandra, the API and the cluster of a station that has come to rest, and says whether they hold together. */
final class Invariants {

    private static final String TLS = "-tls";

    private final StationProcess station;
    private final SimulatedClusterView cluster;

    Invariants(StationProcess station, Path data) {
        this.station = station;
        this.cluster = SimulatedClusterView.of(data.resolve("kubeconfig"));
    }

    /** I2, I3 and I6 for every agent that was ever heard of. */
    void check() {
        Map<AgentId, List<LifecycleEvent>> events = events();
        events.forEach(Invariants::aLegalLife);
        theHistoryIsTheLog(events);
        Map<String, String> nameOf = new HashMap<>();
        Set<String> living = new HashSet<>();
        events.forEach((agent, life) -> {
            nameOf.put(agent.toString(), life.get(0).name());
            if (!last(life).toState().isTerminal()) {
                living.add(agent.toString());
            }
        });
        aNameHasOneLivingOwner(living, nameOf);
        nothingIsLeftAndNothingIsMissing(living);
        noCertificatesSecretIsLeft(living.stream().map(nameOf::get).collect(Collectors.toSet()));
    }

    /** I3: contiguous from 1, each edge legal, nothing after a terminal state. */
    static void aLegalLife(AgentId agent, List<LifecycleEvent> life) {
        assertThat(life.stream().map(LifecycleEvent::sequence))
                .as("sequences of %s", agent)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, life.size()).boxed().toList());
        assertThat(life.get(0).event()).as("first event of %s", agent).isEqualTo(EventType.CREATED);
        AgentState state = AgentState.NEW;
        for (LifecycleEvent event : life.subList(1, life.size())) {
            AgentState from = state;
            assertThat(from.isTerminal())
                    .as("%s of %s comes after its end", event, agent)
                    .isFalse();
            assertThat(event.fromState()).as("%s of %s", event, agent).isEqualTo(from);
            if (event.toState() != from) {
                assertThat(Lifecycle.edges())
                        .as("%s of %s", event, agent)
                        .anyMatch(edge ->
                                edge.from() == from && edge.to() == event.toState() && edge.event() == event.event());
            }
            state = event.toState();
        }
    }

    private static void aNameHasOneLivingOwner(Set<String> living, Map<String, String> nameOf) {
        assertThat(living.stream().map(nameOf::get)).as("names of the living").doesNotHaveDuplicates();
    }

    /** I6, with leaks of agents that nobody knows. */
    private void nothingIsLeftAndNothingIsMissing(Set<String> living) {
        Map<String, List<String>> objects = cluster.kindsByAgent();
        assertThat(objects.keySet()).as("agents that have objects").containsExactlyInAnyOrderElementsOf(living);
        objects.forEach((agent, kinds) -> assertThat(kinds)
                .as("objects of %s", agent)
                .containsOnlyOnce("Deployment", "Service", "Secret", "Ingress"));
        List<JsonNode> shown = station.client()
                .get("/api/agents?limit=1000")
                .body()
                .valueStream()
                .toList();
        assertThat(shown.stream()
                        .filter(agent -> !AgentState.valueOf(agent.at("/state").asString())
                                .isTerminal())
                        .map(agent -> agent.at("/uuid").asString()))
                .as("living agents that the API shows")
                .containsExactlyInAnyOrderElementsOf(living);
    }

    /** I6, for what others make without an owner and without a label: cert-manager's Secret of each agent's host. */
    private void noCertificatesSecretIsLeft(Set<String> livingNames) {
        assertThat(cluster.names("Secret"))
                .filteredOn(secret -> secret.endsWith(TLS))
                .as("Secrets of certificates")
                .containsExactlyInAnyOrderElementsOf(
                        livingNames.stream().map(name -> name + TLS).toList());
    }

    /** Cassandra has of each agent what Kafka has. */
    private void theHistoryIsTheLog(Map<AgentId, List<LifecycleEvent>> events) {
        StoreSettings settings = new StoreSettings(
                List.of(station.endpoints().at("/cassandra").asString()),
                "datacenter1",
                "agent_station",
                1,
                Duration.ofSeconds(10),
                null);
        try (Store store = StoreSession.open(settings)) {
            LifecycleEvents history = new LifecycleEvents(store);
            events.forEach((agent, life) -> assertThat(history.of(agent).toCompletableFuture().join().stream()
                            .map(StoredEvent::id)
                            .collect(Collectors.toSet()))
                    .as("events of %s in Cassandra", agent)
                    .isEqualTo(life.stream().map(LifecycleEvent::id).collect(Collectors.toSet())));
        }
    }

    private Map<AgentId, List<LifecycleEvent>> events() {
        Map<AgentId, List<LifecycleEvent>> events = new TreeMap<>();
        try (Log log = new Log(station.endpoints().at("/kafka").asString(), Topic.LIFECYCLE.topicName())) {
            log.next().forEach(record -> {
                LifecycleEvent event = Wire.read(record.value(), LifecycleEvent.class);
                events.computeIfAbsent(event.agentId(), agent -> new ArrayList<>())
                        .add(event);
            });
        }
        return events;
    }

    private static LifecycleEvent last(List<LifecycleEvent> life) {
        return life.get(life.size() - 1);
    }
}
