package io.agentstation.guarantees.telemetry;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.embedded.process.JvmSettings;
import io.agentstation.embedded.process.Ports;
import io.agentstation.guarantees.kafka.Kafka;
import io.agentstation.guarantees.kafka.Log;
import io.agentstation.guarantees.processes.GatewayProcess;
import io.agentstation.guarantees.processes.KeyFile;
import io.agentstation.guarantees.processes.QuickStarts;
import io.agentstation.guarantees.processes.ServiceProcess;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.session.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** A broker, Cassandra and writers, each a process of its own that can be stopped or killed by itself. */
final class TelemetryRig implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String WRITER = "io.agentstation.telemetry.TelemetryStream";

    private static final int SERVER_MEGABYTES = 1_024;

    private final Path directory;
    private final ServiceProcess.Jvm services;
    private final JvmSettings servers;
    private final StationKey key;
    private final List<ServiceProcess> processes = new ArrayList<>();
    private final EmbeddedBroker broker;
    private final Kafka kafka;
    private EmbeddedCassandra cassandra;
    private int started;

    private TelemetryRig(Path directory, ServiceProcess.Jvm services, JvmSettings servers) throws IOException {
        this.directory = directory;
        this.services = services;
        this.servers = servers;
        this.key = KeyFile.write(keyFile());
        CompletableFuture<EmbeddedCassandra> store = CompletableFuture.supplyAsync(this::newCassandra);
        this.broker = QuickStarts.get().broker(directory.resolve("broker"), servers);
        this.kafka = new Kafka(broker.bootstrapServers(), TopicCreation.PARTITIONS);
        this.cassandra = store.join();
    }

    /** Starts the servers on a directory of their own; writers are started apart. */
    static TelemetryRig start(Path directory) throws IOException {
        return new TelemetryRig(
                directory, ServiceProcess.Jvm.SHORT_LIVED, QuickStarts.get().settings());
    }

    /** Does so with the heaps, collectors and compilers of servers, for what is measured. */
    static TelemetryRig startAsServers(Path directory) throws IOException {
        JvmSettings servers =
                QuickStarts.get().settings().withHeapMegabytes(SERVER_MEGABYTES).asOnAServer();
        return new TelemetryRig(directory, ServiceProcess.Jvm.SERVER, servers);
    }

    private EmbeddedCassandra newCassandra() {
        return QuickStarts.get().cassandra(directory.resolve("cassandra"), servers);
    }

    /** Starts a writer of the station's group and waits until it works. */
    ServiceProcess startWriter() {
        return startWriter(WRITER, "telemetry");
    }

    /** Starts a writer, or a negative control, whose groups have this prefix, and waits until it works. */
    ServiceProcess startWriter(String mainClass, String group) {
        String name = group + "-" + ++started;
        ServiceProcess writer = ServiceProcess.start(
                services,
                name,
                directory,
                mainClass,
                List.of(
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers(),
                        "--station.store.contact-points=" + cassandra.contactPoint(),
                        "--station.store.local-datacenter=" + cassandra.localDatacenter(),
                        "--station.key-file=" + keyFile(),
                        "--station.telemetry.group=" + group,
                        "--station.telemetry.streams.state-dir=" + directory.resolve(name)));
        processes.add(writer);
        Awaitility.await(name + " works")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(Kafka.KafkaUnavailable.class)
                .until(() -> {
                    writer.requireWorking();
                    return works(group, Topic.HEARTBEATS) && works(group, Topic.METRICS);
                });
        return writer;
    }

    private boolean works(String group, Topic topic) {
        return kafka.workingMembers(group(group, topic)) > 0;
    }

    /** The group that reads a topic. */
    static String group(String prefix, Topic topic) {
        return prefix + "-" + topic.name().toLowerCase(Locale.ROOT);
    }

    /** How many records of a topic a writer's group has not committed. */
    long behind(String prefix, Topic topic) {
        return kafka.behind(group(prefix, topic), ends(topic.topicName()));
    }

    /** Waits until everything that is in the topic now has been committed. */
    void awaitRead(ServiceProcess writer, String prefix, Topic topic, Duration most) {
        Map<TopicPartition, Long> ends = ends(topic.topicName());
        Awaitility.await(prefix + " has written " + topic)
                .atMost(most)
                .pollInterval(POLL)
                .until(() -> {
                    writer.requireWorking();
                    return kafka.hasRead(group(prefix, topic), ends);
                });
    }

    private Map<TopicPartition, Long> ends(String topic) {
        try (Log log = new Log(bootstrapServers(), topic)) {
            return log.ends();
        }
    }

    /** kill -9 of Cassandra. */
    void killCassandra() {
        ProcessHandle handle = ProcessHandle.of(cassandra.pid()).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
        cassandra.close();
    }

    /** Starts Cassandra again on its directory, where its clients look for it. */
    void startCassandra() {
        String before = cassandra.contactPoint();
        cassandra = newCassandra();
        if (!cassandra.contactPoint().equals(before)) {
            throw new IllegalStateException("somebody took Cassandra's port: " + before);
        }
    }

    /** Starts a gateway; returns its address when it answers. */
    String startGateway() throws IOException {
        int port = new Ports(directory.resolve("ports.properties"))
                .choose(List.of("gateway"))
                .values()
                .iterator()
                .next();
        ServiceProcess gateway = ServiceProcess.start(
                services,
                "gateway",
                directory,
                GatewayProcess.MAIN,
                List.of(
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers(),
                        "--station.store.contact-points=" + cassandra.contactPoint(),
                        "--station.key-file=" + keyFile(),
                        "--server.port=" + port));
        processes.add(gateway);
        String url = "http://127.0.0.1:" + port;
        GatewayProcess.awaitAnswers(gateway, url);
        return url;
    }

    /** The station's secret. */
    StationKey key() {
        return key;
    }

    /** kill -9 of every writer. */
    void killWriters() {
        processes.forEach(ServiceProcess::kill);
    }

    Kafka kafka() {
        return kafka;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Where the station's tables are. */
    StoreSettings store() {
        return StoreSettings.at(cassandra.contactPoint());
    }

    private Path keyFile() {
        return directory.resolve("station-key");
    }

    @Override
    public void close() {
        processes.forEach(ServiceProcess::close);
        kafka.close();
        broker.close();
        cassandra.close();
    }
}
