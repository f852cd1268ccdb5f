package io.agentstation.embedded.kafka;

import io.agentstation.embedded.process.StartFailed;
import io.agentstation.embedded.process.WholeFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The broker's settings: one node that is broker and controller, for one machine and a small fleet. */
public final class BrokerConfiguration {

    /** The port that clients use. */
    public static final String CLIENT_PORT = "client";

    /** The port of the controller quorum, of one. */
    public static final String CONTROLLER_PORT = "controller";

    /** Both. */
    public static final List<String> PORT_NAMES = List.of(CLIENT_PORT, CONTROLLER_PORT);

    private static final String SETTINGS = """
            process.roles=broker,controller
            node.id=1
            controller.listener.names=CONTROLLER
            listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
            inter.broker.listener.name=CLIENT
            auto.create.topics.enable=false

            # One node: every internal topic has one replica and few partitions.
            default.replication.factor=1
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=8
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=4
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            share.coordinator.state.topic.num.partitions=2

            # A station that was off for months goes on where it stopped.
            offsets.retention.minutes=525600

            # A restarted node waits for its own old session, which is over when its JVM is up; with 1.5 s a loaded machine fenced the node
            # while the services started. A killed client's transaction stalls its readers.
            broker.session.timeout.ms=4500
            broker.heartbeat.interval.ms=300
            transaction.abort.timed.out.transaction.cleanup.interval.ms=1000

            # Quick group starts and quick detection of a killed member.
            group.initial.rebalance.delay.ms=0
            group.min.session.timeout.ms=1000
            group.consumer.min.heartbeat.interval.ms=500
            group.consumer.heartbeat.interval.ms=500
            group.consumer.min.session.timeout.ms=3000
            group.consumer.session.timeout.ms=6000
            group.share.min.heartbeat.interval.ms=500
            group.share.heartbeat.interval.ms=500
            group.share.min.session.timeout.ms=3000
            group.share.session.timeout.ms=6000
            group.streams.min.heartbeat.interval.ms=500
            group.streams.heartbeat.interval.ms=500
            group.streams.min.session.timeout.ms=3000
            group.streams.session.timeout.ms=6000
            group.streams.initial.rebalance.delay.ms=0

            # A laptop's disk and memory: the defaults are 1 GiB per segment, 10 MiB per index and 128 MiB to compact.
            log.segment.bytes=33554432
            log.index.size.max.bytes=1048576
            log.cleaner.dedupe.buffer.size=8388608
            log.cleaner.io.buffer.size=262144
            num.network.threads=2
            num.io.threads=4
            background.threads=4
            """;

    private BrokerConfiguration() {}

    /** Writes the broker's settings for these ports. */
    public static void write(Path directory, Map<String, Integer> ports) throws IOException {
        if (directory.toString().contains(",")) {
            throw new StartFailed("Kafka takes a comma in a path for the end of it: choose another than " + directory);
        }
        StringWriter text = new StringWriter().append(SETTINGS).append('\n');
        Properties addresses = new Properties();
        String client = "CLIENT://127.0.0.1:" + ports.get(CLIENT_PORT);
        String controller = "127.0.0.1:" + ports.get(CONTROLLER_PORT);
        addresses.setProperty("listeners", client + ",CONTROLLER://" + controller);
        addresses.setProperty("advertised.listeners", client);
        // A static quorum: the voter's address is configuration, so that it can follow a changed port. With a dynamic
        // quorum the address lives in the metadata log and a node whose port has changed finds no leader.
        addresses.setProperty("controller.quorum.voters", "1@" + controller);
        addresses.setProperty("log.dirs", data(directory).toString());
        addresses.store(text, null);
        WholeFile.write(file(directory), text.toString());
    }

    static Path file(Path directory) {
        return directory.resolve("server.properties");
    }

    static Path data(Path directory) {
        return directory.resolve("data");
    }
}
