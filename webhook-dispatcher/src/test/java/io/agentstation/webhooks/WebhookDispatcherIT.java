package io.agentstation.webhooks;

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
import io.agentstation.contracts.webhooks.WebhookOrder;
import io.agentstation.contracts.webhooks.WebhookSignature;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.WebhookChange;
import io.agentstation.store.webhooks.Webhooks;
import io.agentstation.webhooks.fixtures.Receiver;
import io.agentstation.webhooks.fixtures.Receiver.Received;
import io.agentstation.webhooks.fixtures.Receiver.Reply;
import io.agentstation.webhooks.fixtures.TestTables;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The service between a real broker, a real Cassandra and a receiver on this machine. */
class WebhookDispatcherIT {

    private static final int PARTITIONS = 4;

    @TempDir
    private static Path directory;

    private static EmbeddedKafkaKraftBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;
    private static ConfigurableApplicationContext dispatcher;

    private final Webhooks webhooks = TestTables.get().lanes().webhooks();
    private final WorkspaceId workspace =
            WorkspaceId.of("w" + UUID.randomUUID().toString().substring(0, 8));
    private final AgentId agent = id();
    private final String secret = WebhookSignature.newSecret(new SecureRandom());
    private final Receiver receiver = new Receiver((request, before) ->
            before == 0 && request.path().equals("/flaky") ? Reply.of(500) : new Reply(200, Map.of(), "thanks"));

    @BeforeAll
    static void start() throws Exception {
        String[] topics = Stream.of(Topic.LIFECYCLE, Topic.WEBHOOK_ORDERS)
                .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName()))
                .toArray(String[]::new);
        broker = new EmbeddedKafkaKraftBroker(1, PARTITIONS, topics);
        broker.brokerProperties(
                Map.of("log.message.timestamp.type", "LogAppendTime", "group.initial.rebalance.delay.ms", "0"));
        broker.afterPropertiesSet();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.getBrokersAsString(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        StoreSettings store = TestTables.settings();
        Path key = Files.writeString(
                directory.resolve("key"), StationKey.format(new byte[StationKey.LENGTH]), StandardCharsets.UTF_8);
        Map<String, Object> properties = new HashMap<>(Map.of(
                "spring.kafka.bootstrap-servers",
                broker.getBrokersAsString(),
                "station.store.contact-points",
                store.contactPoints().get(0),
                "station.store.local-datacenter",
                store.localDatacenter(),
                "station.store.keyspace",
                store.keyspace(),
                "station.store.request-timeout",
                "10s",
                "station.key-file",
                key,
                "station.webhooks.allow-http",
                true,
                "station.webhooks.allow-private-addresses",
                true,
                "station.webhooks.retry-waits",
                "300ms,300ms"));
        properties.put("station.webhooks.metrics.port", 0);
        dispatcher = WebhookDispatcher.start(properties);
    }

    @AfterAll
    static void stop() {
        dispatcher.close();
        producer.close();
        broker.destroy();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private static AgentId id() {
        UUID random = UUID.randomUUID();
        long high = System.currentTimeMillis() << 16 | 0x7000 | (random.getMostSignificantBits() & 0xfff);
        return new AgentId(new UUID(high, random.getLeastSignificantBits()));
    }

    private UUID subscribe(String url, String... events) {
        UUID webhook = id().value();
        webhooks.insert(
                workspace,
                webhook,
                new WebhookChange(url, new WebhookFilter(Set.of(events), null, Map.of()), "", true),
                Instant.now(),
                secret);
        return webhook;
    }

    private LifecycleEvent event(long sequence, EventType type) {
        return new LifecycleEvent(
                LifecycleEvent.idOf(agent, sequence),
                agent,
                workspace,
                "my-agent",
                sequence,
                type,
                sequence == 1 ? null : AgentState.NEW,
                AgentState.PROVISIONED,
                Health.UNKNOWN,
                null,
                "system",
                Instant.parse("2026-11-22T08:00:00Z"),
                Map.of());
    }

    private static void send(Topic topic, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value))
                .get(10, TimeUnit.SECONDS);
    }

    private void happen(long sequence, EventType type) throws Exception {
        send(Topic.LIFECYCLE, agent.toString(), Wire.write(event(sequence, type)));
    }

    private List<WebhookBody> bodies() {
        return receiver.received().stream()
                .map(request -> Wire.readText(request.body(), WebhookBody.class))
                .toList();
    }

    private static HttpHeaders headers(Received request) {
        return HttpHeaders.of(
                request.headers().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                (name, value) -> true);
    }

    @Test
    void everyListenerReadsCommittedRecordsOnly() {
        assertThat(dispatcher
                        .getBeansOfType(ConcurrentMessageListenerContainer.class)
                        .values())
                .hasSize(2);
        assertThat(dispatcher.getEnvironment().getProperty("spring.kafka.consumer.isolation-level"))
                .isEqualTo("read_committed");
    }

    @Test
    void whatIsAskedForArrivesSignedAndInOrder() throws Exception {
        subscribe(receiver.url(), "agent.created", "agent.activated");

        happen(1, EventType.CREATED);
        happen(2, EventType.PROVISIONED);
        happen(3, EventType.ACTIVATED);

        await().until(() -> receiver.received().size() == 2);
        assertThat(bodies())
                .containsExactly(
                        WebhookBody.of(event(1, EventType.CREATED), 0),
                        WebhookBody.of(event(3, EventType.ACTIVATED), 1));
        for (Received request : receiver.received()) {
            assertThat(request.header("webhook-id"))
                    .isEqualTo(Wire.readText(request.body(), WebhookBody.class)
                            .id()
                            .toString());
            new com.standardwebhooks.Webhook(secret).verify(request.body(), headers(request));
        }
    }

    @Test
    void aFailedMessageIsTriedAgainBeforeItsSuccessor() throws Exception {
        subscribe(receiver.url().replace("/hook", "/flaky"), "*");

        happen(1, EventType.CREATED);
        happen(2, EventType.PROVISIONED);

        await().until(() -> receiver.received().size() == 3);
        assertThat(bodies()).extracting(WebhookBody::sequence).containsExactly(1L, 1L, 2L);
    }

    @Test
    void poisonIsPutAsideAndStopsNobody() throws Exception {
        subscribe(receiver.url(), "*");

        send(Topic.LIFECYCLE, agent.toString(), "{".getBytes(StandardCharsets.UTF_8));
        happen(1, EventType.CREATED);

        await().until(() -> receiver.received().size() == 1);
        try (var dead = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        broker.getBrokersAsString(),
                        "group.id",
                        "dead-" + agent,
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            dead.subscribe(List.of(Topic.LIFECYCLE.deadLetterName()));
            await().until(() -> StreamSupport.stream(
                            dead.poll(Duration.ofMillis(200)).spliterator(), false)
                    .anyMatch(record -> agent.toString().equals(new String(record.key(), StandardCharsets.UTF_8))));
        }
    }

    @Test
    void ordersAreCarriedOut() throws Exception {
        Instant since = Instant.now().minusSeconds(60);
        UUID webhook = subscribe(receiver.url(), "*");
        happen(1, EventType.CREATED);
        happen(2, EventType.PROVISIONED);
        await().until(() -> receiver.received().size() == 2);
        DeliveryAttempt first = awaitAttempts(webhook, 2).get(1);

        // A test, under the id that its asker chose
        UUID test = id().value();
        order(new WebhookOrder.Test(workspace, webhook, test, Instant.now()));
        await().until(() -> TestTables.get().log().find(webhook, test).isPresent());
        assertThat(TestTables.get().log().find(webhook, test).orElseThrow().answer())
                .isEqualTo("thanks");
        assertThat(receiver.received()).hasSize(3);

        // The first message again, byte for byte
        order(new WebhookOrder.Redeliver(workspace, webhook, id().value(), first.id()));
        await().until(() -> receiver.received().size() == 4);
        assertThat(receiver.received().get(3).body())
                .isEqualTo(receiver.received().get(0).body());

        // All of it again, in order; the order read twice sends nothing twice
        WebhookOrder replay = new WebhookOrder.Replay(
                workspace, webhook, id().value(), since, Instant.now().plusSeconds(60), Set.of("*"));
        order(replay);
        await().until(() -> receiver.received().size() == 6);
        order(replay);
        happen(3, EventType.ACTIVATED);
        await().until(() -> receiver.received().size() >= 7);
        assertThat(receiver.received().stream()
                        .skip(4)
                        .map(request ->
                                Wire.readText(request.body(), WebhookBody.class).sequence()))
                .startsWith(1L, 2L)
                .contains(3L);
    }

    private List<DeliveryAttempt> awaitAttempts(UUID webhook, int count) {
        UUID future = new UUID(Long.MAX_VALUE, -1);
        await().until(() -> TestTables.get()
                        .log()
                        .before(webhook, future, Instant.now(), 10)
                        .size()
                == count);
        return TestTables.get().log().before(webhook, future, Instant.now(), 10);
    }

    private static void order(WebhookOrder order) throws Exception {
        send(Topic.WEBHOOK_ORDERS, order.webhook().toString(), Wire.write(order));
    }
}
