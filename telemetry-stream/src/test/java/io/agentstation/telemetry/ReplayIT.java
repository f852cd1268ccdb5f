package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.telemetry.fixtures.Keyspaces;
import io.agentstation.telemetry.fixtures.Messages;
import io.agentstation.telemetry.fixtures.RunningTelemetry;
import io.agentstation.telemetry.fixtures.TestBroker;
import io.agentstation.telemetry.fixtures.TestTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows depend on what is in the log, not on when or how often it is read. */
class ReplayIT {

    private static final TestBroker BROKER = TestBroker.start();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final List<AgentId> AGENTS =
            Stream.generate(Messages::agent).limit(10).toList();
    private static final AgentId REVERSED = Messages.agent();
    private static final StoreSettings STORE = Keyspaces.fresh(SharedCassandra.get());

    private static SortedMap<String, List<String>> first = new TreeMap<>();

    @BeforeAll
    static void aLogOfEverythingReadOnce() {
        AGENTS.forEach(ReplayIT::appendEverythingAbout);
        List<LifecycleEvent> life = new ArrayList<>(Messages.life(REVERSED));
        Collections.reverse(life);
        BROKER.send(Topic.LIFECYCLE, REVERSED, life);
        first = readEverything(STORE);
    }

    private static void appendEverythingAbout(AgentId agent) {
        BROKER.send(Topic.LIFECYCLE, agent, Messages.life(agent));
        BROKER.send(
                Topic.OBSERVATIONS,
                agent,
                List.of(
                        Messages.applied(agent, 1, 1),
                        new Observation.StatusChanged(agent, null, null, "starting"),
                        Messages.applied(agent, 2, 4),
                        new Observation.StatusChanged(agent, null, null, null)));
        BROKER.send(
                Topic.HEARTBEATS,
                agent,
                IntStream.range(0, 50)
                        .mapToObj(i -> new Heartbeat(i % 2 == 0 ? HeartbeatMode.IDLE : HeartbeatMode.SLEEP, i))
                        .toList());
        BROKER.send(
                Topic.METRICS,
                agent,
                IntStream.range(0, 50)
                        .mapToObj(i -> new MetricsReport(i, i, i, Map.of("i", i)))
                        .toList());
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void everythingIsARowOnce() {
        assertThat(first.get("heartbeats")).hasSize(500);
        assertThat(first.get("metrics")).hasSize(500);
        assertThat(first.get("lifecycle_events")).hasSize(66);
        assertThat(first.get("agents_by_month")).hasSize(11);
        assertThat(first.get("agents")).hasSize(11);
        assertThat(first.get("latest_reports")).hasSize(10);
    }

    @Test
    void readingEverythingAgainLeavesTheSameRows() {
        assertThat(readEverything(STORE)).isEqualTo(first);
    }

    @Test
    void anEmptyStoreEndsTheSame() {
        assertThat(readEverything(Keyspaces.fresh(SharedCassandra.get()))).isEqualTo(first);
    }

    @Test
    void eventsInReverseOrderEndInTheSameState() {
        try (TestTables tables = new TestTables(STORE)) {
            assertThat(tables.lifecycleColumns(REVERSED))
                    .isEqualTo(tables.lifecycleColumns(AGENTS.get(0)))
                    .contains("TERMINATED");
        }
    }

    private static SortedMap<String, List<String>> readEverything(StoreSettings store) {
        try (RunningTelemetry telemetry = RunningTelemetry.start(BROKER, store);
                TestTables tables = new TestTables(store)) {
            for (Topic topic : List.of(Topic.HEARTBEATS, Topic.METRICS, Topic.OBSERVATIONS, Topic.LIFECYCLE)) {
                String group = telemetry.group() + "-" + topic.name().toLowerCase(Locale.ROOT);
                await().atMost(TIMEOUT).until(() -> BROKER.hasReadAll(group, topic));
            }
            return tables.dump();
        }
    }
}
