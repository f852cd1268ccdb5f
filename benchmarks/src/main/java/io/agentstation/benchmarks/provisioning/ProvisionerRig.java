package io.agentstation.benchmarks.provisioning;

import io.agentstation.cluster.SimulatedCluster;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.embedded.process.JvmSettings;
import io.agentstation.provisioner.ProvisionerWorker;
import io.agentstation.provisioner.cluster.ClusterConnection;
import io.agentstation.provisioner.cluster.ClusterSettings;
import io.agentstation.provisioner.cluster.ClusterWatch;
import io.agentstation.provisioner.cluster.KubernetesCluster;
import io.agentstation.provisioner.cluster.NamespaceQuota;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.names.Names;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A broker, a Cassandra, a simulated cluster, and provisioners that are started on them; this process plays the gateway. */
final class ProvisionerRig implements AutoCloseable {

    static final String STATION = "benchmark";

    /** The least has a log and a keyspace of its own: provisioners would carry out its commands as well. */
    static final String LEAST = "least.commands";

    private static final String LEAST_KEYSPACE = "least";

    // As servers have it, and not as a laptop's.
    private static final int SERVER_MEGABYTES = 1024;
    private static final String STATUS = "\"agent.status-changed.v1\"";

    private final EmbeddedBroker broker;
    private final EmbeddedCassandra cassandra;
    private final SimulatedCluster cluster;
    private final Store store;
    private final Store storeOfLeast;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Arrivals outcomes;
    private final KubernetesClient kubernetes;
    private final Path directory;

    ProvisionerRig(Path directory) throws IOException {
        this.directory = directory;
        JvmSettings jvm =
                JvmSettings.ofThisJvm().withHeapMegabytes(SERVER_MEGABYTES).asOnAServer();
        this.broker = EmbeddedBroker.start(directory.resolve("kafka"), jvm);
        this.cassandra = EmbeddedCassandra.start(directory.resolve("cassandra"), jvm);
        TopicCreation.run(broker.bootstrapServers());
        copyOfCommands();
        this.store = open(STATION);
        this.storeOfLeast = open(LEAST_KEYSPACE);
        this.cluster = SimulatedCluster.start(directory.resolve("cluster"), 0);
        cluster.writeKubeconfig(kubeconfig());
        Files.writeString(directory.resolve("key"), StationKey.format(new byte[StationKey.LENGTH]));
        this.kubernetes = ClusterConnection.open(new ClusterSettings(kubeconfig(), null));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all", "linger.ms", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.outcomes = new Arrivals(
                broker.bootstrapServers(),
                Topic.OBSERVATIONS.topicName(),
                Arrivals.MANY_AT_ONCE,
                ProvisionerRig::outcome);
    }

    private void copyOfCommands() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(LEAST, TopicCreation.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the broker has not made " + LEAST, e);
        }
    }

    private Store open(String keyspace) {
        StoreSettings settings = new StoreSettings(
                List.of(cassandra.contactPoint()),
                cassandra.localDatacenter(),
                keyspace,
                1,
                Duration.ofSeconds(10),
                null);
        SchemaMigrations.apply(settings);
        return StoreSession.open(settings);
    }

    /** Statuses are most of what is said, and are no outcomes: to read them whole would be the benchmark's own work. */
    private static Optional<String> outcome(byte[] value) {
        return new String(value, StandardCharsets.UTF_8).contains(STATUS)
                ? Optional.empty()
                : madeTrue(Wire.read(value, Observation.class));
    }

    private static Optional<String> madeTrue(Observation said) {
        return said.match(new Observation.Cases<Optional<String>>(
                applied -> Optional.of(applied.commandId().toString()),
                noChange -> Optional.empty(),
                rejected -> Optional.empty(),
                failed -> Optional.empty(),
                removed -> Optional.of(removed.commandId().toString()),
                completed -> Optional.empty(),
                status -> Optional.empty()));
    }

    /** Starts a provisioner that acts on so many agents at once, by commands and as many again by retries. */
    ConfigurableApplicationContext startWorker(int actors) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "spring.kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "station.id",
                STATION,
                "station.key-file",
                directory.resolve("key"),
                "station.store.contact-points",
                cassandra.contactPoint(),
                "station.store.local-datacenter",
                cassandra.localDatacenter(),
                "station.store.keyspace",
                STATION,
                "station.provisioner.kubeconfig",
                kubeconfig(),
                "station.provisioner.public-url",
                "http://127.0.0.1:9",
                "station.provisioner.quota.managed",
                false,
                "station.provisioner.actors",
                actors));
        settings.put("station.provisioner.retry.threads", actors);
        // A reader for each partition: each waits for the row of one command before it takes the next.
        settings.put("station.provisioner.concurrency", TopicCreation.PARTITIONS);
        return ProvisionerWorker.start(settings);
    }

    /** Starts what makes the direct calls for commands, and no more than it must besides. */
    LeastProvisioner startLeast(DirectCalls calls, int concurrency) {
        ClusterWatch watch = new ClusterWatch(kubernetes, "agents", DirectCalls.STATION);
        return new LeastProvisioner(broker.bootstrapServers(), producer, storeOfLeast, calls, watch, concurrency);
    }

    /** Appends the commands and waits until all are made true; the seconds from the first to the last. */
    double carryOut(String topic, List<AgentCommand> commands) {
        long from = System.nanoTime();
        for (AgentCommand command : commands) {
            var unused = producer.send(new ProducerRecord<>(
                    topic, command.agentId().toString().getBytes(StandardCharsets.UTF_8), Wire.write(command)));
        }
        producer.flush();
        outcomes.await(
                commands.stream().map(command -> command.commandId().toString()).toList());
        return (System.nanoTime() - from) / 1e9;
    }

    KubernetesClient kubernetes() {
        return kubernetes;
    }

    /** How many objects the provisioners have left on the cluster, and names in the store. */
    int left(List<Fleet> fleets) {
        Names names = new Names(store);
        long owned = fleets.stream()
                .flatMap(fleet -> fleet.names().stream())
                .filter(name -> names.owner(name).isPresent())
                .count();
        KubernetesCluster own = new KubernetesCluster(kubernetes, "agents", STATION, NamespaceQuota.NONE);
        return own.listAll().size() + (int) owned;
    }

    private Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    @Override
    public void close() {
        outcomes.close();
        producer.close();
        kubernetes.close();
        cluster.close();
        storeOfLeast.close();
        store.close();
        cassandra.close();
        broker.close();
    }
}
