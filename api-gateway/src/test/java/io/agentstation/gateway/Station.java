package io.agentstation.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.gateway.keys.ApiKeyMint;
import io.agentstation.store.keys.ApiKeys;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.Tier;
import io.agentstation.store.session.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** One gateway on a real broker and a real Cassandra, for all tests of a JVM; the tests play the other services. */
public final class Station {

    /** How many partitions its topics have. */
    public static final int PARTITIONS = 4;

    private static final byte[] KEY = new byte[StationKey.LENGTH];

    private final String bootstrapServers;
    private final ConfigurableApplicationContext context;

    private Station() {
        this.bootstrapServers = broker();
        this.context = ApiGateway.start(properties(bootstrapServers));
        Runtime.getRuntime().addShutdownHook(new Thread(context::close, "end-gateway"));
    }

    /** The shared one. */
    public static Station get() {
        return Holder.SHARED;
    }

    /** The station key of every gateway here. */
    public static StationKey key() {
        return StationKey.parse(StationKey.format(KEY));
    }

    /** What a gateway on this broker and the shared Cassandra needs to start. */
    public static Map<String, Object> properties(String bootstrapServers) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.kafka.bootstrap-servers", bootstrapServers);
        properties.put("station.store.contact-points", SharedCassandra.get().contactPoint());
        properties.put("station.store.local-datacenter", SharedCassandra.get().localDatacenter());
        properties.put("station.store.request-timeout", "10s");
        properties.put("station.gateway.edges.answer-within", "30s");
        properties.put("station.key-file", keyFile());
        // No detector runs here, so that every gateway would call it blind soon.
        properties.put("station.gateway.detector-blind-after", "1h");
        // Every test comes from the same address, and many of them send wrong keys on purpose.
        properties.put("station.gateway.clients.failed-logins", 1_000_000);
        properties.put("server.port", 0);
        return properties;
    }

    private static Path keyFile() {
        try {
            Path file = Files.createTempFile("station", ".key");
            file.toFile().deleteOnExit();
            return Files.writeString(file, StationKey.format(KEY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A broker with the station's topics. */
    public static String broker() {
        EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, PARTITIONS);
        broker.afterPropertiesSet();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy, "end-broker"));
        createTopics(broker.getBrokersAsString());
        return broker.getBrokersAsString();
    }

    /** Makes the station's topics on a broker that has none. */
    public static void createTopics(String servers) {
        List<NewTopic> topics = Arrays.stream(Topic.values())
                .map(topic -> new NewTopic(topic.topicName(), PARTITIONS, (short) 1).configs(topic.configuration()))
                .toList();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the topics cannot be made", e);
        }
    }

    /** Where its Kafka is. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The store that it uses. */
    public Store store() {
        return context.getBean(Store.class);
    }

    /** A bean of it. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A bean of it, of which there may be others of its type. */
    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** The port of a gateway's HTTP listener. */
    public static int port(ConfigurableApplicationContext gateway) {
        return Integer.parseInt(gateway.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** The port of its HTTP listener. */
    public int port() {
        return port(context);
    }

    /** A client without a credential. */
    public Http http() {
        return new Http(port(), null);
    }

    /** A client with a fresh key of the workspace. */
    public Http http(WorkspaceId workspace) {
        return http(workspace, "member");
    }

    /** A client with a fresh key of the workspace, of this role, or with the station scope ({@code station}). */
    public Http http(WorkspaceId workspace, String role) {
        return http(
                role.equals("station")
                        ? Grant.ofTheStation(workspace)
                        : Grant.of(workspace, Role.parse(role).orElseThrow(), Tier.UNLIMITED));
    }

    /** A client with a fresh key that opens this. */
    public Http http(Grant grant) {
        ApiKeyMint.Minted minted = new ApiKeyMint(key(), Clock.systemUTC()).mint(grant, "test");
        assertThat(new ApiKeys(store()).insert(minted.stored())).isTrue();
        return new Http(port(), minted.text());
    }

    /** A client with a key of a workspace that no other test uses. */
    public Http tenant() {
        return http(workspace());
    }

    /** A workspace that no other test uses. */
    public static WorkspaceId workspace() {
        return WorkspaceId.of("w" + UUID.randomUUID().toString().substring(0, 8));
    }

    /** A name that no other test uses. */
    public static String name() {
        return "a-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static final class Holder {
        static final Station SHARED = new Station();
    }
}
