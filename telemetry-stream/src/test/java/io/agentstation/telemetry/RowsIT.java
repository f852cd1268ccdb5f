package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.store.agents.AgentLists;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.agents.LatestMetrics;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.events.StoredEvent;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.reports.StoredMetrics;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.telemetry.fixtures.Keyspaces;
import io.agentstation.telemetry.fixtures.Messages;
import io.agentstation.telemetry.fixtures.RunningTelemetry;
import io.agentstation.telemetry.fixtures.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.MessageListenerContainer;

/** What is appended becomes rows. */
class RowsIT {

    private static final StoreSettings SETTINGS = Keyspaces.fresh(SharedCassandra.get());
    private static final TestBroker BROKER = TestBroker.start();
    private static final RunningTelemetry TELEMETRY = RunningTelemetry.start(BROKER, SETTINGS);
    private static final Store STORE = StoreSession.open(SETTINGS);

    private final Heartbeats heartbeats = new Heartbeats(STORE);
    private final Metrics metrics = new Metrics(STORE);
    private final Agents agents = new Agents(STORE);
    private final LifecycleEvents history = new LifecycleEvents(STORE);
    private final AgentLists lists = new AgentLists(STORE);
    private final AgentId agent = Messages.agent();

    @BeforeAll
    static void everyReaderReads() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(readers())
                        .allSatisfy(reader ->
                                assertThat(reader.getAssignedPartitions()).hasSize(TestBroker.PARTITIONS)));
    }

    @AfterAll
    static void stop() {
        TELEMETRY.close();
        STORE.close();
        BROKER.close();
    }

    @Test
    void everyHeartbeatIsARowAndTheNewestIsInTheAgentsRow() {
        BROKER.send(Topic.OBSERVATIONS, agent, Messages.applied(agent, 1, 1));
        List<StoredHeartbeat> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Heartbeat heartbeat = new Heartbeat(i % 2 == 0 ? HeartbeatMode.IDLE : HeartbeatMode.SLEEP, i + 0.5);
            RecordMetadata at = BROKER.send(Topic.HEARTBEATS, agent, heartbeat);
            newestFirst.add(
                    0, new StoredHeartbeat(agent, Instant.ofEpochMilli(at.timestamp()), at.offset(), heartbeat));
        }

        await().untilAsserted(() ->
                assertThat(done(heartbeats.latest(agent, Instant.now(), 10))).isEqualTo(newestFirst));

        await().untilAsserted(() -> {
            assertThat(row().lastHeartbeatAt()).isEqualTo(newestFirst.get(0).appendTime());
            assertThat(row().lastHeartbeatMode()).isEqualTo(HeartbeatMode.IDLE);
        });
    }

    @Test
    void aReportCanBeReadWithinASecondOfItsAcknowledgement() {
        BROKER.send(Topic.METRICS, agent, new MetricsReport(1, 1, 1, Map.of()));
        await().until(() -> done(metrics.latest(agent, Instant.now(), 10)).size() == 1);

        for (int i = 2; i <= 10; i++) {
            int expected = i;
            BROKER.send(Topic.METRICS, agent, new MetricsReport(i, i, i, Map.of()));
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(1))
                    .until(() -> done(metrics.latest(agent, Instant.now(), 10)).size() == expected);
        }
    }

    @Test
    void theNewestMetricsReportLiesApart() {
        MetricsReport newest = new MetricsReport(2, 2, 2, Map.of("queue", 3));
        BROKER.send(Topic.METRICS, agent, new MetricsReport(1, 1, 1, null));
        RecordMetadata at = BROKER.send(Topic.METRICS, agent, newest);

        LatestReports latest = new LatestReports(STORE);
        await().untilAsserted(() -> assertThat(done(latest.find(agent)).metrics())
                .contains(new LatestMetrics(Instant.ofEpochMilli(at.timestamp()), 2, 2, 2)));
    }

    @Test
    void aMetricsReportIsARowAsItWasSent() {
        MetricsReport report = new MetricsReport(250.5, 0.1, 7, Map.of("queue", Map.of("depth", 3)));
        RecordMetadata at = BROKER.send(Topic.METRICS, agent, report);

        await().untilAsserted(() -> assertThat(done(metrics.latest(agent, Instant.now(), 10)))
                .containsExactly(new StoredMetrics(agent, Instant.ofEpochMilli(at.timestamp()), at.offset(), report)));
    }

    @Test
    void ticksProbesAndUnknownTypesAreNeitherRowsNorPoison() {
        byte[] key = agent.toString().getBytes(StandardCharsets.UTF_8);
        byte[] tick = Wire.write(new Tick("gateway", 0, 1, Tick.Kind.TICK));
        BROKER.send(typed("tick", null, tick));
        BROKER.send(typed("probe", null, new byte[] {'?'}));
        BROKER.send(typed("of-the-future", key, Wire.write(new Heartbeat(HeartbeatMode.IDLE, 1))));

        await().until(() -> BROKER.hasReadAll(TELEMETRY.group() + "-heartbeats", Topic.HEARTBEATS));

        assertThat(done(heartbeats.latest(agent, Instant.now(), 10))).isEmpty();
        assertThat(BROKER.everythingOn(Topic.HEARTBEATS.deadLetterName())).isEmpty();
    }

    @Test
    void observationsBecomeSpecificationAndStatus() {
        DeploymentStatus status = new DeploymentStatus(true, 3, 3, 0, List.of());
        BROKER.send(Topic.OBSERVATIONS, agent, Messages.applied(agent, 9, 3));
        BROKER.send(
                Topic.OBSERVATIONS, agent, new Observation.StatusChanged(agent, "TERMINATED", status, "it is going"));

        await().untilAsserted(() -> {
            assertThat(row().spec().replicas()).isEqualTo(3);
            assertThat(row().status()).isEqualTo(status);
            assertThat(row().desired()).isEqualTo("TERMINATED");
            assertThat(row().why()).isEqualTo("it is going");
        });
    }

    @Test
    void eventsBecomeHistoryStateAndALineOfTheList() {
        BROKER.send(Topic.OBSERVATIONS, agent, Messages.applied(agent, 1, 1));
        BROKER.send(Topic.LIFECYCLE, agent, Messages.life(agent));

        await().untilAsserted(() -> assertThat(row().state()).isEqualTo(AgentState.TERMINATED));

        assertThat(done(history.of(agent)).stream().map(StoredEvent::sequence)).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(lists.page(Messages.WORKSPACE, null, 1_000)).contains(new AgentLists.Entry(agent, "an-agent"));
    }

    @Test
    void anAbortedEventIsNeverSeen() {
        List<LifecycleEvent> life = Messages.life(agent);
        BROKER.send(Topic.OBSERVATIONS, agent, Messages.applied(agent, 1, 1));
        try (var detector = BROKER.producer(Map.of("transactional.id", "detector-" + agent))) {
            detector.initTransactions();
            detector.beginTransaction();
            var unused = detector.send(TestBroker.record(Topic.LIFECYCLE, agent, life.get(5)));
            detector.flush();
            detector.abortTransaction();
            detector.beginTransaction();
            unused = detector.send(TestBroker.record(Topic.LIFECYCLE, agent, life.get(0)));
            detector.commitTransaction();
        }

        await().until(() -> done(history.of(agent)).size() == 1);

        assertThat(row().state()).isEqualTo(AgentState.NEW);
        // The markers of the two transactions are behind the group as well: else it would seem to lag for ever.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> BROKER.hasReadAll(TELEMETRY.group() + "-lifecycle", Topic.LIFECYCLE));
    }

    @Test
    void everyReaderOfLifecycleSeesCommittedEventsOnly() {
        assertThat(readers().stream().filter(reader -> List.of(topics(reader)).contains(Topic.LIFECYCLE.topicName())))
                .isNotEmpty()
                .allSatisfy(reader -> assertThat(reader.getContainerProperties().getKafkaConsumerProperties())
                        .containsEntry("isolation.level", "read_committed"));
    }

    @Test
    void theTopicsThatAreReadAreThoseOfTheList() {
        assertThat(readers().stream().map(reader -> topics(reader)[0]))
                .containsExactlyInAnyOrderElementsOf(ReaderConfiguration.TOPICS.stream()
                        .map(Topic::topicName)
                        .toList());
    }

    @Test
    void everyTopicHasAGroupOfItsOwn() {
        assertThat(readers().stream().map(MessageListenerContainer::getGroupId).distinct())
                .hasSameSizeAs(ReaderConfiguration.TOPICS);
    }

    private static String[] topics(MessageListenerContainer reader) {
        String[] topics = reader.getContainerProperties().getTopics();
        return topics == null ? new String[0] : topics;
    }

    private static Collection<MessageListenerContainer> readers() {
        return TELEMETRY
                .context()
                .getBeansOfType(MessageListenerContainer.class)
                .values();
    }

    private static ProducerRecord<byte[], byte[]> typed(
            String type, byte @org.jspecify.annotations.Nullable [] key, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topic.HEARTBEATS.topicName(), 2, key, value);
        record.headers().add(RecordHeaders.TYPE, type.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private AgentRow row() {
        AgentRow row = agents.find(agent).orElseThrow(() -> new AssertionError("no row yet"));
        return done(new LatestReports(STORE).addTo(row));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
