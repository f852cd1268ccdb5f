package io.agentstation.provisioner.testing;

import io.agentstation.cluster.SimulatedCluster;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.provisioner.ProvisionerWorker;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** What surrounds a provisioner: a broker, a keyspace in a real Cassandra, a simulated cluster; and the test's view of it. */
public final class TestStation implements AutoCloseable {

    public static final int PARTITIONS = 4;
    public static final String ID = "station-under-test";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public final Store store;
    public final KubernetesClient kubernetes;

    private final Path directory;
    private final EmbeddedKafkaBroker broker;
    private final KafkaProducer<String, byte[]> producer;
    private final ObservationLog observations;
    private final String keyspace = "it_" + UUID.randomUUID().toString().replace("-", "");
    private final List<ConfigurableApplicationContext> workers = new ArrayList<>();
    private Path workersKubeconfig;
    private @Nullable FaultyApi faults;
    private @Nullable SimulatedCluster cluster;

    /** Everything but a worker. */
    public TestStation(Path directory) throws IOException {
        this.directory = directory;
        this.workersKubeconfig = directory.resolve("kubeconfig");
        Files.writeString(directory.resolve("station-key"), StationKey.format(new byte[StationKey.LENGTH]));
        this.broker = startBroker();
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.getBrokersAsString(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
        this.observations = new ObservationLog(broker.getBrokersAsString());
        StoreSettings settings = storeSettings();
        SchemaMigrations.apply(settings);
        this.store = StoreSession.open(settings);
        startCluster();
        this.kubernetes = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig().toFile()))
                .build();
    }

    private static EmbeddedKafkaBroker startBroker() {
        EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(
                1,
                PARTITIONS,
                Topic.COMMANDS.topicName(),
                Topic.COMMANDS.deadLetterName(),
                Topic.OBSERVATIONS.topicName(),
                Topic.CLUSTERS.topicName());
        broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
        broker.brokerProperty("auto.create.topics.enable", "false");
        broker.afterPropertiesSet();
        return broker;
    }

    private StoreSettings storeSettings() {
        EmbeddedCassandra cassandra = SharedCassandra.get();
        return new StoreSettings(
                List.of(cassandra.contactPoint()),
                cassandra.localDatacenter(),
                keyspace,
                1,
                Duration.ofSeconds(10),
                null);
    }

    /** Starts a worker, with the production defaults but for these settings. */
    public ConfigurableApplicationContext startWorker(Map<String, Object> settings) {
        StoreSettings cassandra = storeSettings();
        Map<String, Object> all = new HashMap<>(Map.of(
                "spring.kafka.bootstrap-servers", broker.getBrokersAsString(),
                "station.id", ID,
                "station.key-file", directory.resolve("station-key").toString(),
                "station.store.contact-points", cassandra.contactPoints().get(0),
                "station.store.local-datacenter", cassandra.localDatacenter(),
                "station.store.keyspace", keyspace,
                "station.store.request-timeout", "10s",
                "station.provisioner.kubeconfig", workersKubeconfig.toString(),
                "station.provisioner.public-url", "http://127.0.0.1:9"));
        all.putAll(settings);
        ConfigurableApplicationContext worker = ProvisionerWorker.start(all);
        workers.add(worker);
        return worker;
    }

    /** Starts the cluster where it was. */
    public void startCluster() {
        SimulatedCluster started = SimulatedCluster.start(directory.resolve("cluster"), 0);
        started.writeKubeconfig(kubeconfig());
        cluster = started;
    }

    /** Stops the cluster; its objects stay. */
    public void stopCluster() {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }

    /** Puts an API that fails on demand before the cluster; workers that are started from now on go through it. */
    public FaultyApi startFaultyApi() throws IOException {
        FaultyApi started = new FaultyApi(Objects.requireNonNull(cluster).url());
        Path through = directory.resolve("kubeconfig-through-faults");
        String direct = Files.readString(kubeconfig());
        Files.writeString(
                through,
                direct.replace(
                        Objects.requireNonNull(cluster).url().toString(),
                        started.url().toString()));
        workersKubeconfig = through;
        faults = started;
        return started;
    }

    private Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    /** Appends a command to its agent's partition. */
    public void send(AgentCommand command) {
        sendRaw(command.agentId().toString(), null, Wire.write(command));
    }

    /** Appends anything. */
    public void sendRaw(String key, @Nullable Integer partition, byte @Nullable [] value) {
        try {
            var unused = producer.send(new ProducerRecord<>(Topic.COMMANDS.topicName(), partition, key, value))
                    .get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError("the broker refused a command", e);
        }
    }

    /** All observations so far. */
    public List<Observation> observations() {
        return observations.all();
    }

    /** Waits for the outcome of a command that is of this type. */
    public <T extends Observation> T await(AgentCommand command, Class<T> type) {
        return Awaitility.await()
                .alias(type.getSimpleName() + " of " + command.operation())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> outcomes(command.commandId()).stream()
                                .filter(type::isInstance)
                                .map(type::cast)
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
    }

    /** The outcomes of a command so far. */
    public List<Observation> outcomes(CommandId command) {
        return observations.of(command);
    }

    /** Everything on the cluster that carries the agent's label. */
    public List<HasMetadata> objectsOf(AgentId agent) {
        List<HasMetadata> all = new ArrayList<>();
        Map<String, String> labels = Map.of("agentstation.io/agent", agent.toString(), "agentstation.io/station", ID);
        all.addAll(kubernetes
                .configMaps()
                .inNamespace("agents")
                .withLabels(labels)
                .list()
                .getItems());
        all.addAll(kubernetes
                .secrets()
                .inNamespace("agents")
                .withLabels(labels)
                .list()
                .getItems());
        all.addAll(kubernetes
                .services()
                .inNamespace("agents")
                .withLabels(labels)
                .list()
                .getItems());
        all.addAll(kubernetes
                .pods()
                .inNamespace("agents")
                .withLabels(labels)
                .list()
                .getItems());
        var apps = kubernetes.apps();
        all.addAll(apps.deployments()
                .inNamespace("agents")
                .withLabels(labels)
                .list()
                .getItems());
        all.addAll(apps.replicaSets()
                .inNamespace("agents")
                .withLabels(labels)
                .list()
                .getItems());
        var networking = kubernetes.network().v1();
        all.addAll(networking
                .ingresses()
                .inNamespace("agents")
                .withLabels(labels)
                .list()
                .getItems());
        return all;
    }

    /** Where Kafka is. */
    public String bootstrapServers() {
        return broker.getBrokersAsString();
    }

    @Override
    public void close() {
        workers.forEach(ConfigurableApplicationContext::close);
        observations.close();
        producer.close();
        kubernetes.close();
        if (faults != null) {
            faults.close();
        }
        stopCluster();
        store.close();
        broker.destroy();
    }
}
