package io.agentstation.benchmarks.webhooks;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.webhooks.WebhookFilter;
import io.agentstation.contracts.webhooks.WebhookSignature;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.embedded.process.JvmSettings;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.secrets.SecretSeal;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.store.webhooks.WebhookChange;
import io.agentstation.store.webhooks.Webhooks;
import io.agentstation.webhooks.WebhookDispatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A broker, a Cassandra and a dispatcher in this process, which also plays the detector. */
final class DispatcherRig implements AutoCloseable {

    /** The least has a log of its own: the dispatcher would read its events as well. */
    static final String LEAST = "least.lifecycle";

    private static final int SERVER_MEGABYTES = 1_024;

    // A reader for each partition: one waits for its batch while others read theirs.
    private static final int READERS = 8;
    private static final StationKey KEY = StationKey.parse(StationKey.format(new byte[StationKey.LENGTH]));

    private final EmbeddedBroker broker;
    private final EmbeddedCassandra cassandra;
    private final Store store;
    private final Webhooks webhooks;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ConfigurableApplicationContext dispatcher;

    DispatcherRig(Path directory) throws IOException {
        JvmSettings jvm =
                JvmSettings.ofThisJvm().withHeapMegabytes(SERVER_MEGABYTES).asOnAServer();
        this.broker = EmbeddedBroker.start(directory.resolve("kafka"), jvm);
        this.cassandra = EmbeddedCassandra.start(directory.resolve("cassandra"), jvm);
        TopicCreation.run(broker.bootstrapServers());
        logOfLeast();
        StoreSettings settings = new StoreSettings(
                List.of(cassandra.contactPoint()),
                cassandra.localDatacenter(),
                "benchmark",
                1,
                Duration.ofSeconds(10),
                null);
        SchemaMigrations.apply(settings);
        this.store = StoreSession.open(settings);
        this.webhooks = new Webhooks(store, SecretSeal.ofWebhooks(KEY));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all", "linger.ms", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        Path key = Files.writeString(directory.resolve("key"), StationKey.format(new byte[StationKey.LENGTH]));
        this.dispatcher = WebhookDispatcher.start(Map.of(
                "spring.kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "station.store.contact-points",
                cassandra.contactPoint(),
                "station.store.local-datacenter",
                cassandra.localDatacenter(),
                "station.store.keyspace",
                "benchmark",
                "station.key-file",
                key,
                "station.webhooks.threads",
                READERS,
                "station.webhooks.concurrency",
                64,
                "station.webhooks.allow-http",
                true,
                "station.webhooks.allow-private-addresses",
                true));
    }

    private void logOfLeast() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(LEAST, TopicCreation.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the broker has not made " + LEAST, e);
        }
    }

    LeastDispatcher startLeast(String url, int concurrency) {
        return new LeastDispatcher(broker.bootstrapServers(), new LeastRows(store), url, concurrency);
    }

    Cpu cpu() {
        return Cpu.of(process(cassandra.pid()), process(broker.pid()));
    }

    private static ProcessHandle process(long pid) {
        return ProcessHandle.of(pid).orElseThrow();
    }

    void subscribe(WorkspaceId workspace, String url) {
        webhooks.insert(
                workspace,
                id(),
                new WebhookChange(url, new WebhookFilter(Set.of("*"), null, Map.of()), "", true),
                Instant.now(),
                WebhookSignature.newSecret(new SecureRandom()));
    }

    static AgentId agent() {
        return new AgentId(id());
    }

    /** An agent's event with this sequence. */
    static LifecycleEvent event(WorkspaceId workspace, AgentId agent, long sequence) {
        return new LifecycleEvent(
                LifecycleEvent.idOf(agent, sequence),
                agent,
                workspace,
                "my-agent",
                sequence,
                sequence == 1 ? EventType.CREATED : EventType.UPDATED,
                sequence == 1 ? null : AgentState.NEW,
                AgentState.NEW,
                Health.UNKNOWN,
                null,
                "system",
                Instant.now(),
                Map.of());
    }

    void append(LifecycleEvent event) {
        append(Topic.LIFECYCLE.topicName(), event);
    }

    void appendForLeast(LifecycleEvent event) {
        append(LEAST, event);
    }

    private void append(String topic, LifecycleEvent event) {
        var unused = producer.send(new ProducerRecord<>(
                topic, event.agentId().toString().getBytes(StandardCharsets.UTF_8), Wire.write(event)));
    }

    void flush() {
        producer.flush();
    }

    static UUID id() {
        UUID random = UUID.randomUUID();
        long high = System.currentTimeMillis() << 16 | 0x7000 | (random.getMostSignificantBits() & 0xfff);
        return new UUID(high, random.getLeastSignificantBits());
    }

    @Override
    public void close() {
        dispatcher.close();
        producer.close();
        store.close();
        cassandra.close();
        broker.close();
    }
}
