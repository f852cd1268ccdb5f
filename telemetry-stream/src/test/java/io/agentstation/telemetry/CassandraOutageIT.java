package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.telemetry.fixtures.Keyspaces;
import io.agentstation.telemetry.fixtures.Messages;
import io.agentstation.telemetry.fixtures.RunningTelemetry;
import io.agentstation.telemetry.fixtures.TestBroker;
import io.agentstation.telemetry.fixtures.TestTables;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outage of Cassandra costs time, and no row. */
class CassandraOutageIT {

    /** How long a member may go without a poll, the least that the session time-out of 6 s allows; 5 min by default. */
    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(7);

    /** Much longer: a member that did not poll would be out of its group. */
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private static final String IDLER = "a-group-that-does-not-poll";

    private final TestBroker broker = TestBroker.start();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        thread.shutdownNow();
        broker.close();
    }

    @Test
    void everyHeartbeatOfALoadThatSpansAnOutageIsARowOnce(@TempDir Path directory) throws Exception {
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(directory);
        StoreSettings store = Keyspaces.fresh(cassandra);
        try (RunningTelemetry telemetry = RunningTelemetry.start(
                        broker,
                        store,
                        Map.of(
                                "spring.kafka.consumer.properties.max.poll.interval.ms",
                                Long.toString(MAX_POLL_INTERVAL.toMillis()),
                                "station.telemetry.try-timeout",
                                "2s"));
                KafkaConsumer<byte[], byte[]> idler = memberThatDoesNotPoll()) {
            String group = telemetry.group() + "-heartbeats";
            MeterRegistry meters = telemetry.context().getBean(MeterRegistry.class);
            AtomicBoolean go = new AtomicBoolean(true);
            Future<Integer> load = thread.submit(() -> load(go));
            await().atMost(Duration.ofSeconds(30)).until(() -> rows(store) > 100);
            Set<String> members = broker.members(group);

            cassandra.close();
            broker.sendRaw(Topic.HEARTBEATS, 0, null, "poison".getBytes(StandardCharsets.UTF_8));
            await().during(OUTAGE)
                    .atMost(OUTAGE.plusSeconds(20))
                    .until(() -> broker.members(group).equals(members));
            assertThat(broker.hasReadAll(group, Topic.HEARTBEATS)).isFalse();
            assertThat(broker.members(IDLER)).as("negative control").isEmpty();
            assertThat(paused(meters)).isEqualTo(1);
            assertThat(lag(meters)).isPositive();
            assertThat(meters.get("station.telemetry.retries")
                            .tag("topic", "agent.heartbeats")
                            .counter()
                            .count())
                    .isGreaterThan(1);
            cassandra = EmbeddedCassandra.start(directory);

            go.set(false);
            int acknowledged = load.get();
            await().atMost(Duration.ofSeconds(90)).until(() -> broker.hasReadAll(group, Topic.HEARTBEATS));
            assertThat(rows(store)).isEqualTo(acknowledged);
            assertThat(broker.everythingOn(Topic.HEARTBEATS.deadLetterName())).hasSize(1);
            assertThat(broker.members(group)).isEqualTo(members);
            await().atMost(Duration.ofSeconds(30)).until(() -> paused(meters) == 0 && lag(meters) == 0);
            idler.unsubscribe();
        } finally {
            cassandra.close();
        }
    }

    @Test
    void aServiceThatIsStoppedDuringAnOutageGoesOnWhereItsRowsEnd(@TempDir Path directory) {
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(directory);
        StoreSettings store = Keyspaces.fresh(cassandra);
        try {
            RunningTelemetry telemetry = RunningTelemetry.start(broker, store);
            String group = telemetry.group();
            AgentId agent = Messages.agent();
            broker.send(Topic.METRICS, agent, new io.agentstation.contracts.metrics.MetricsReport(1, 1, 1, null));
            await().until(() -> broker.hasReadAll(group + "-metrics", Topic.METRICS));
            cassandra.close();
            Messages.life(agent).forEach(event -> broker.send(Topic.LIFECYCLE, agent, event));

            telemetry.close();

            assertThat(broker.hasReadAll(group + "-lifecycle", Topic.LIFECYCLE)).isFalse();
            cassandra = EmbeddedCassandra.start(directory);
            try (RunningTelemetry next = RunningTelemetry.start(broker, store, group);
                    TestTables tables = new TestTables(store)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> broker.hasReadAll(next.group() + "-lifecycle", Topic.LIFECYCLE));
                assertThat(tables.count("lifecycle_events")).isEqualTo(6);
                assertThat(tables.count("metrics")).isEqualTo(1);
            }
        } finally {
            cassandra.close();
        }
    }

    private KafkaConsumer<byte[], byte[]> memberThatDoesNotPoll() {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        IDLER,
                        "session.timeout.ms",
                        6_000,
                        "max.poll.interval.ms",
                        (int) MAX_POLL_INTERVAL.toMillis()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.HEARTBEATS.topicName()));
        await().until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return !consumer.assignment().isEmpty();
        });
        assertThat(broker.members(IDLER)).hasSize(1);
        return consumer;
    }

    private static double paused(MeterRegistry meters) {
        return meters.get("station.telemetry.paused")
                .tag("topic", "agent.heartbeats")
                .gauge()
                .value();
    }

    private static double lag(MeterRegistry meters) {
        return meters.get("station.telemetry.lag").tag("topic", "agent.heartbeats").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    /** About 1,000 heartbeats a second, each acknowledged, until told to end; returns how many. */
    private int load(AtomicBoolean go) {
        List<AgentId> agents = Stream.generate(Messages::agent).limit(20).toList();
        int sent = 0;
        while (go.get()) {
            for (AgentId agent : agents) {
                broker.send(Topic.HEARTBEATS, agent, new Heartbeat(HeartbeatMode.EMERGENCY, sent));
                sent++;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return sent;
    }

    private static long rows(StoreSettings store) {
        try (TestTables tables = new TestTables(store)) {
            return tables.count("heartbeats");
        }
    }
}
