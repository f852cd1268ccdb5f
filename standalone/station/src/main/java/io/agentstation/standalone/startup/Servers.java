package io.agentstation.standalone.startup;

import io.agentstation.cluster.ClusterSettings;
import io.agentstation.cluster.SimulatedCluster;
import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.standalone.keys.ConsoleKeys;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.session.StoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the services stand on: the broker with its topics, Cassandra with its schema, the cluster. */
final class Servers {

    /** The cluster keeps the port it had. */
    private static final int ANY_PORT = 0;

    private final DataDirectory data;
    private final Progress progress;
    private final RunningParts parts;
    private final CompletableFuture<String> ended;
    private volatile String bootstrapServers = "";
    private volatile String contactPoint = "";
    private volatile @Nullable String ingress;

    /**
     * @param ended completed with a sentence when a server ends although nobody asked it to
     */
    Servers(DataDirectory data, Progress progress, RunningParts parts, CompletableFuture<String> ended) {
        this.data = data;
        this.progress = progress;
        this.parts = parts;
        this.ended = ended;
    }

    /** Starts them at the same time, a simulated cluster among them when it has settings. */
    void start(Optional<ClusterSettings> simulated) {
        List<Callable<?>> lanes = new ArrayList<>(List.of(this::startBroker, this::startCassandra));
        simulated.ifPresent(settings -> lanes.add(() -> startCluster(settings)));
        InParallel.run(lanes);
    }

    /** Where the simulated cluster serves the agents' hosts; empty without one. */
    Optional<String> ingress() {
        return Optional.ofNullable(ingress);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    String contactPoint() {
        return contactPoint;
    }

    private boolean startBroker() {
        EmbeddedBroker broker = progress.step("kafka", () -> EmbeddedBroker.start(data.broker()));
        parts.add(StopOrder.SERVERS, "kafka", broker);
        watch("Kafka", broker.onExit(), "kafka/logs/kafka.log");
        bootstrapServers = broker.bootstrapServers();
        progress.step("topics", () -> TopicCreation.run(broker.bootstrapServers()));
        return true;
    }

    private boolean startCassandra() {
        EmbeddedCassandra cassandra = progress.step("cassandra", () -> EmbeddedCassandra.start(data.cassandra()));
        parts.add(StopOrder.SERVERS, "cassandra", cassandra);
        watch("Cassandra", cassandra.onExit(), "cassandra/logs/cassandra.log");
        contactPoint = cassandra.contactPoint();
        progress.step("schema", () -> {
            SchemaMigrations.apply(StoreSettings.at(cassandra.contactPoint()));
            ConsoleKeys.ensureFirst(data, cassandra.contactPoint());
            return true;
        });
        return true;
    }

    private boolean startCluster(ClusterSettings settings) {
        SimulatedCluster cluster =
                progress.step("simulated cluster", () -> SimulatedCluster.start(data.cluster(), ANY_PORT, settings));
        ingress = cluster.ingressUrl().toString();
        parts.add(StopOrder.CLUSTER, "simulated cluster", cluster);
        cluster.writeKubeconfig(data.kubeconfig());
        return true;
    }

    private void watch(String name, CompletableFuture<Integer> exit, String log) {
        var unused = exit.thenAccept(code -> {
            if (!parts.isStopping()) {
                ended.complete("%s ended with exit code %d, so the station stops too; see %s"
                        .formatted(name, code, data.root().resolve(log)));
            }
        });
    }
}
