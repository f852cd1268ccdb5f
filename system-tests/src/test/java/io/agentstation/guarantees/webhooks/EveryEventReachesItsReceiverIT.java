package io.agentstation.guarantees.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.webhooks.WebhookBody;
import io.agentstation.contracts.webhooks.WebhookFilter;
import io.agentstation.contracts.webhooks.WebhookSignature;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.guarantees.kafka.Kafka;
import io.agentstation.guarantees.kafka.Log;
import io.agentstation.guarantees.processes.KeyFile;
import io.agentstation.guarantees.processes.QuickStarts;
import io.agentstation.guarantees.processes.ServiceProcess;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.secrets.SecretSeal;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.store.webhooks.WebhookChange;
import io.agentstation.store.webhooks.Webhooks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I8: half of the attempts fail, and the dispatcher is killed again and again; every event arrives, in order. */
class EveryEventReachesItsReceiverIT {

    private static final boolean FULL = Boolean.getBoolean("faults.full");
    private static final int AGENTS = FULL ? 1_000 : 60;
    private static final int EVENTS_EACH = FULL ? 100 : 20;
    private static final int KILLS = FULL ? 50 : 3;
    private static final int CONCURRENCY = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(FULL ? 60 : 3);
    private static final WorkspaceId WORKSPACE = WorkspaceId.of("default");

    @TempDir
    private Path directory;

    @Test
    void halfOfTheAttemptsFailAndTheDispatcherIsKilledAgainAndAgain() throws Exception {
        StationKey key = KeyFile.write(directory.resolve("station-key"));
        try (EmbeddedBroker broker = QuickStarts.get().broker(directory.resolve("broker"));
                EmbeddedCassandra cassandra = QuickStarts.get().cassandra(directory.resolve("cassandra"));
                FlakyReceiver receiver = new FlakyReceiver(0.5)) {
            // Given a subscription, and everything that is to reach it in the log
            StoreSettings settings = StoreSettings.at(cassandra.contactPoint());
            receiver.verifyWith(subscribe(settings, key, receiver.url()));
            List<AgentId> agents =
                    IntStream.range(0, AGENTS).mapToObj(i -> agent()).toList();
            append(broker.bootstrapServers(), agents);

            // When
            for (int kill = 1; kill <= KILLS; kill++) {
                int share = AGENTS * EVENTS_EACH * kill / (KILLS + 1);
                try (ServiceProcess dispatcher = dispatcher(broker, cassandra)) {
                    awaitCount(receiver, dispatcher, share);
                }
            }
            try (ServiceProcess dispatcher = dispatcher(broker, cassandra)) {
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
                    dispatcher.requireWorking();
                    return receiver.count() >= AGENTS * EVENTS_EACH
                            && receiver.unique().size() == AGENTS * EVENTS_EACH;
                });
            }

            // Then
            Map<AgentId, List<Long>> arrived = new HashMap<>();
            receiver.unique()
                    .forEach(body -> arrived.computeIfAbsent(body.agentUuid(), unused -> new java.util.ArrayList<>())
                            .add(body.sequence()));
            List<Long> inOrder = LongStream.rangeClosed(1, EVENTS_EACH).boxed().toList();
            assertThat(agents)
                    .allSatisfy(agent -> assertThat(arrived.get(agent)).isEqualTo(inOrder));
            assertThat(receiver.unique())
                    .extracting(WebhookBody::previousSequence)
                    .isEqualTo(receiver.unique().stream()
                            .map(body -> body.sequence() - 1)
                            .toList());
            assertThat(receiver.doubtful()).isEmpty();
            int repeated = receiver.count() - AGENTS * EVENTS_EACH;
            System.out.println("repeated: " + repeated + " of " + AGENTS * EVENTS_EACH + " with " + KILLS + " kills");
            // What was under way or not noted, at each kill.
            assertThat(repeated).isLessThanOrEqualTo(KILLS * CONCURRENCY);
            if (FULL) {
                assertThat(repeated).isLessThan(AGENTS * EVENTS_EACH / 1_000);
            }
        }
    }

    /** Negative control: what is committed before it is delivered or stored is lost with the process. */
    @Test
    void controlADispatcherThatCommitsFirstLosesEvents() throws Exception {
        StationKey key = KeyFile.write(directory.resolve("station-key"));
        try (EmbeddedBroker broker = QuickStarts.get().broker(directory.resolve("broker"));
                EmbeddedCassandra cassandra = QuickStarts.get().cassandra(directory.resolve("cassandra"));
                Kafka kafka = new Kafka(broker.bootstrapServers(), TopicCreation.PARTITIONS);
                FlakyReceiver receiver = new FlakyReceiver(0)) {
            StoreSettings settings = StoreSettings.at(cassandra.contactPoint());
            subscribe(settings, key, receiver.url());
            append(broker.bootstrapServers(), List.of(agent()));
            Map<TopicPartition, Long> ends;
            try (Log log = new Log(broker.bootstrapServers(), Topic.LIFECYCLE.topicName())) {
                ends = log.ends();
            }

            try (ServiceProcess control =
                    dispatcher("io.agentstation.webhooks.DispatcherThatCommitsFirst", broker, cassandra)) {
                await().atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(Kafka.KafkaUnavailable.class)
                        .until(() -> {
                            control.requireWorking();
                            return kafka.behind("webhooks-lifecycle", ends) == 0;
                        });
            }

            AgentId last = agent();
            append(broker.bootstrapServers(), List.of(last));
            try (ServiceProcess dispatcher = dispatcher(broker, cassandra)) {
                awaitCount(receiver, dispatcher, EVENTS_EACH);
            }
            assertThat(receiver.unique()).extracting(WebhookBody::agentUuid).containsOnly(last);
        }
    }

    private static void awaitCount(FlakyReceiver receiver, ServiceProcess dispatcher, int share) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            dispatcher.requireWorking();
            return receiver.count() >= share;
        });
    }

    private ServiceProcess dispatcher(EmbeddedBroker broker, EmbeddedCassandra cassandra) {
        return dispatcher("io.agentstation.webhooks.WebhookDispatcher", broker, cassandra);
    }

    private ServiceProcess dispatcher(String mainClass, EmbeddedBroker broker, EmbeddedCassandra cassandra) {
        return ServiceProcess.start(
                "webhook-dispatcher",
                directory,
                mainClass,
                List.of(
                        "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--station.store.contact-points=" + cassandra.contactPoint(),
                        "--station.store.local-datacenter=" + cassandra.localDatacenter(),
                        "--station.key-file=" + directory.resolve("station-key"),
                        "--station.webhooks.allow-http=true",
                        "--station.webhooks.allow-private-addresses=true",
                        "--station.webhooks.concurrency=" + CONCURRENCY,
                        // So many, over so long, that neither chance nor a restart gives a message up.
                        "--station.webhooks.retry-waits=" + "100ms,".repeat(60) + "1h"));
    }

    private static String subscribe(StoreSettings settings, StationKey key, String url) {
        String secret = WebhookSignature.newSecret(new SecureRandom());
        try (Store store = StoreSession.open(settings)) {
            new Webhooks(store, SecretSeal.ofWebhooks(key))
                    .insert(
                            WORKSPACE,
                            agent().value(),
                            new WebhookChange(url, new WebhookFilter(Set.of("*"), null, Map.of()), "", true),
                            Instant.now(),
                            secret);
        }
        return secret;
    }

    private static AgentId agent() {
        UUID random = UUID.randomUUID();
        long high = System.currentTimeMillis() << 16 | 0x7000 | (random.getMostSignificantBits() & 0xfff);
        return new AgentId(new UUID(high, random.getLeastSignificantBits()));
    }

    private static void append(String bootstrapServers, List<AgentId> agents) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var sent = LongStream.rangeClosed(1, EVENTS_EACH)
                    .boxed()
                    .flatMap(sequence -> agents.stream().map(agent -> producer.send(record(agent, sequence))))
                    .collect(Collectors.toList());
            producer.flush();
            assertThat(sent)
                    .allSatisfy(append -> assertThat(append.get().hasOffset()).isTrue());
        }
    }

    private static ProducerRecord<byte[], byte[]> record(AgentId agent, long sequence) {
        LifecycleEvent event = new LifecycleEvent(
                LifecycleEvent.idOf(agent, sequence),
                agent,
                WORKSPACE,
                "my-agent",
                sequence,
                EventType.UPDATED,
                AgentState.ACTIVE,
                AgentState.ACTIVE,
                Health.HEALTHY,
                null,
                "system",
                Instant.parse("2026-11-22T08:00:00Z"),
                Map.of());
        return new ProducerRecord<>(
                Topic.LIFECYCLE.topicName(), agent.toString().getBytes(StandardCharsets.UTF_8), Wire.write(event));
    }
}
