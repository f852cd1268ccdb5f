package io.agentstation.standalone.startup;

import io.agentstation.cluster.ClusterSettings;
import io.agentstation.cluster.SimulatedCluster;
import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.embedded.RunningServer;
import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.standalone.keys.ConsoleKeys;
import io.agentstation.standalone.logs.LogPart;
import io.agentstation.standalone.prepared.PreparedServers;
import io.agentstation.standalone.supervision.DiskRoom;
import io.agentstation.standalone.supervision.DiskWatch;
import io.agentstation.standalone.supervision.SupervisedServer;
import io.agentstation.standalone.supervision.SupervisedServer.Voice;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.session.StoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the services stand on: the broker with its topics, Cassandra with its schema, the cluster. */
final class Servers {

    /** The cluster keeps the port it had. */
    private static final int ANY_PORT = 0;

    private final DataDirectory data;
    private final Progress progress;
    private final RunningParts parts;
    private final CompletableFuture<String> ended;
    private final DiskRoom room;
    private final PreparedServers prepared = PreparedServers.ofThisJvm();
    private volatile String bootstrapServers = "";
    private volatile String contactPoint = "";
    private volatile @Nullable String ingress;

    /**
     * @param ended completed with a sentence when a server has ended and could not be started again
     */
    Servers(DataDirectory data, Progress progress, RunningParts parts, CompletableFuture<String> ended) {
        this.data = data;
        this.progress = progress;
        this.parts = parts;
        this.ended = ended;
        this.room = new DiskRoom(data.root());
    }

    /** Starts them at the same time, a simulated cluster among them when it has settings. */
    void start(Optional<ClusterSettings> simulated) {
        List<Callable<?>> lanes = new ArrayList<>(List.of(this::startBroker, this::startCassandra));
        simulated.ifPresent(settings -> lanes.add(() -> startCluster(settings)));
        InParallel.run(lanes);
        DiskWatch disk = new DiskWatch(data.root(), room, progress::say);
        parts.add(StopOrder.API, "disk watch", disk);
        disk.start();
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
        SupervisedServer broker = supervised("kafka", LogPart.KAFKA, () -> EmbeddedBroker.start(data.broker()));
        String address = progress.step("kafka", () -> {
            prepared.copyBroker(data.broker());
            return broker.start();
        });
        bootstrapServers = address;
        progress.step("topics", () -> TopicCreation.run(address));
        return true;
    }

    private boolean startCassandra() {
        SupervisedServer cassandra =
                supervised("cassandra", LogPart.CASSANDRA, () -> EmbeddedCassandra.start(data.cassandra()));
        String address = progress.step("cassandra", () -> {
            prepared.copyCassandra(data.cassandra());
            return cassandra.start();
        });
        contactPoint = address;
        progress.step("schema", () -> {
            SchemaMigrations.apply(StoreSettings.at(address));
            ConsoleKeys.ensureFirst(data, address);
            return true;
        });
        return true;
    }

    private SupervisedServer supervised(String name, LogPart log, Supplier<RunningServer> starter) {
        SupervisedServer server = new SupervisedServer(
                name, log.in(data.root()), starter, room::isFull, new Voice(progress::say, ended::complete));
        parts.add(StopOrder.SERVERS, name, server);
        return server;
    }

    private boolean startCluster(ClusterSettings settings) {
        SimulatedCluster cluster =
                progress.step("simulated cluster", () -> SimulatedCluster.start(data.cluster(), ANY_PORT, settings));
        ingress = cluster.ingressUrl().toString();
        parts.add(StopOrder.CLUSTER, "simulated cluster", cluster);
        cluster.writeKubeconfig(data.kubeconfig());
        return true;
    }
}
