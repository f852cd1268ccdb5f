package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.guarantees.StationClient;
import io.agentstation.guarantees.kafka.Kafka;
import io.agentstation.guarantees.processes.AgentCreation;
import io.agentstation.guarantees.processes.GatewayProcess;
import io.agentstation.guarantees.processes.KeyFile;
import io.agentstation.guarantees.processes.QuickStarts;
import io.agentstation.guarantees.processes.ServiceProcess;
import io.agentstation.standalone.keys.ConsoleKeys;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.keys.Grant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A station in pieces: broker, Cassandra, two gateways and the detector, each a process of its own that can be stopped or
 * killed by itself. The provisioner is played.
 */
final class LivenessRig implements AutoCloseable {

    static final String DETECTOR_GROUP = "liveness-detector";

    private final Path directory;
    private final StationKey key;
    private final List<ServiceProcess> processes = new ArrayList<>();
    private final Gateways gateways;
    private final EmbeddedCassandra cassandra;
    private final Kafka kafka;
    private final PlayedProvisioner provisioner;
    private EmbeddedBroker broker;
    private ServiceProcess detector;
    private int detectors;
    private final StationClient client;

    private LivenessRig(Path directory) throws IOException {
        this.directory = directory;
        this.key = KeyFile.write(keyFile());
        CompletableFuture<EmbeddedCassandra> store =
                CompletableFuture.supplyAsync(() -> QuickStarts.get().cassandra(directory.resolve("cassandra")));
        this.broker = QuickStarts.get().broker(directory.resolve("broker"));
        this.kafka = new Kafka(broker.bootstrapServers(), TopicCreation.PARTITIONS);
        this.detector = startDetector();
        this.provisioner = new PlayedProvisioner(broker.bootstrapServers());
        this.cassandra = store.join();
        this.gateways = new Gateways(directory, this::startGateway);
        String apiKey = ConsoleKeys.make(key, cassandra.contactPoint(), Grant.ofTheStation(WorkspaceId.of("fleet")));
        this.client = new StationClient(gateways.urls().get(0), apiKey);
    }

    /** Starts everything on a directory of its own; returns when both gateways answer. */
    static LivenessRig start(Path directory) throws IOException {
        return new LivenessRig(directory);
    }

    private ServiceProcess startGateway(String name, int port) {
        return startProcess(
                name,
                GatewayProcess.MAIN,
                List.of(
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers(),
                        "--station.store.contact-points=" + cassandra.contactPoint(),
                        "--station.store.local-datacenter=" + cassandra.localDatacenter(),
                        "--station.key-file=" + keyFile(),
                        "--server.port=" + port));
    }

    /** Starts one more detector, as the only one or beside another. */
    ServiceProcess startDetector() {
        String name = "detector-" + ++detectors;
        detector = startProcess(
                name,
                "io.agentstation.liveness.LivenessDetector",
                List.of(
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers(),
                        "--spring.kafka.client-id=" + name,
                        "--station.key-file=" + keyFile(),
                        "--station.liveness.standby-replicas=1",
                        "--station.liveness.state-dir=" + freshDirectory()));
        return detector;
    }

    /** The detector that was started last. */
    ServiceProcess detector() {
        return detector;
    }

    /** The client id of that detector's consumer of records, for a quota. */
    String detectorClientId() {
        return "detector-" + detectors + "-StreamThread-1-consumer";
    }

    /** Starts any other process, which ends with the rig at the latest. */
    ServiceProcess startProcess(String name, String mainClass, List<String> arguments) {
        ServiceProcess process = ServiceProcess.start(name, directory, mainClass, arguments);
        processes.add(process);
        return process;
    }

    Gateways gateways() {
        return gateways;
    }

    ProcessHandle broker() {
        return ProcessHandle.of(broker.pid()).orElseThrow();
    }

    /** kill -9 of the broker. */
    void killBroker() {
        ProcessHandle handle = broker();
        handle.destroyForcibly();
        handle.onExit().join();
    }

    /** Starts the broker again on its logs, where its clients look for it. */
    void startBroker() {
        String before = broker.bootstrapServers();
        broker = QuickStarts.get().broker(directory.resolve("broker"));
        if (!broker.bootstrapServers().equals(before)) {
            throw new IllegalStateException("somebody took the broker's port: " + before);
        }
    }

    /** A fleet of nobody yet, that knows both gateways. */
    Fleet fleet(long seed) {
        return new Fleet(gateways.urls(), key, seed);
    }

    AgentCreation creation() {
        return new AgentCreation(client);
    }

    /** What the first gateway says of the station's health. */
    StationClient.Answer health() {
        return client.get("/api/health");
    }

    Kafka kafka() {
        return kafka;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    int partitions() {
        return TopicCreation.PARTITIONS;
    }

    Path keyFile() {
        return directory.resolve("station-key");
    }

    /** A directory that nobody else uses. */
    Path freshDirectory() {
        try {
            return Files.createTempDirectory(directory, "state-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        provisioner.close();
        processes.forEach(ServiceProcess::close);
        kafka.close();
        broker.close();
        cassandra.close();
    }
}
