package io.agentstation.benchmarks.liveness;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.process.JvmSettings;
import io.agentstation.standalone.topics.TopicCreation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A broker with a fleet in its topics, and the processes that read them one after another. */
final class Station implements AutoCloseable {

    private static final int BROKER_MEGABYTES = 1_024;

    private final Plan plan;
    private final Path directory;
    private final EmbeddedBroker broker;
    private final Fleet fleet;
    private final Appender appender;
    private final Log log;
    private int children;

    Station(Plan plan, Path directory) {
        this.plan = plan;
        this.directory = directory;
        this.broker = EmbeddedBroker.start(
                directory.resolve("kafka"), JvmSettings.ofThisJvm().withHeapMegabytes(BROKER_MEGABYTES));
        TopicCreation.run(broker.bootstrapServers());
        this.fleet = new Fleet(plan.agents());
        this.appender = new Appender(broker.bootstrapServers(), fleet, TopicCreation.PARTITIONS);
        this.log = new Log(broker.bootstrapServers(), TopicCreation.PARTITIONS);
        // Returns when every partition has its leader. An idempotent producer that writes earlier may be stuck for
        // good: its second batch is taken, its first is then out of order.
        log.ends();
    }

    /**
     * Makes every agent known, applied and active. One after another: the detector keeps only so many agents of which it
     * knows no Provision.
     */
    Properties provision() throws IOException, InterruptedException {
        String detector = Side.DETECTOR.applicationId();
        try (Child child = start(SideMain.class, Side.DETECTOR, plan.agents())) {
            appender.appendAll(Topic.COMMANDS, fleet::provision);
            log.awaitRead(detector, Topic.COMMANDS);
            appender.appendAll(Topic.OBSERVATIONS, fleet::applied);
            log.awaitRead(detector, Topic.OBSERVATIONS);
            appender.burst(plan.agents());
            return child.figures();
        }
    }

    /** Appends a round's heartbeats; returns where they begin. */
    Map<TopicPartition, OffsetAndMetadata> append() {
        Map<TopicPartition, OffsetAndMetadata> from = log.ends();
        appender.burst(plan.heartbeats());
        return from;
    }

    /** Lets a side read a round's heartbeats. The detector has read everything before them already. */
    Properties read(Side side, Map<TopicPartition, OffsetAndMetadata> from) throws IOException, InterruptedException {
        if (side != Side.DETECTOR) {
            log.seek(side.applicationId(), from);
        }
        try (Child child = start(SideMain.class, side, plan.heartbeats())) {
            return child.figures();
        }
    }

    /** Lets the detector read heartbeats as they come in real time. */
    Properties live(Duration time) throws IOException, InterruptedException {
        try (Child child = start(SideMain.class, Side.DETECTOR, appender.paced(time))) {
            appender.pace(time);
            return child.figures();
        }
    }

    /** Starts the whole service and stops it. */
    Properties restart() throws IOException, InterruptedException {
        try (Child child = start(ServiceMain.class, Side.DETECTOR, 0)) {
            return child.figures();
        }
    }

    /** The bytes on disk of each of the detector's changelogs. */
    SortedMap<String, Long> changelogBytes() {
        return log.changelogBytes(Side.DETECTOR.applicationId());
    }

    private Child start(Class<?> program, Side side, long heartbeats) throws IOException {
        Path place = directory.resolve(++children + "-" + side);
        SideTask task = new SideTask(side, broker.bootstrapServers(), broker.pid(), place, heartbeats);
        return Child.start(program, plan.heapMegabytes(), place, task.arguments());
    }

    @Override
    public void close() {
        log.close();
        appender.close();
        broker.close();
    }
}
