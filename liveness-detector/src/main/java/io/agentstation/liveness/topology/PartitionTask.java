package io.agentstation.liveness.topology;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.MalformedMessage;
import io.agentstation.liveness.detection.PartitionDetector;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detector of one partition at work: hands each record to it; poison is no fact and stops nobody. Lives from
 * one opening of its task to the next.
 */
final class PartitionTask {

    private static final Logger log = LoggerFactory.getLogger(PartitionTask.class);
    private static final Set<Topic> READ = EnumSet.of(Topic.COMMANDS, Topic.HEARTBEATS, Topic.OBSERVATIONS);

    private final ProcessorContext<byte[], byte[]> context;
    private final PartitionDetector detector;
    private final CommitHooks.Marker unwritten;
    private final PromptCommits commits;
    private final Intake intake;
    private final DetectorFigures figures;
    private final int partition;
    private final HeartbeatScanner scanner = new HeartbeatScanner();

    PartitionTask(
            ProcessorContext<byte[], byte[]> context,
            PartitionDetector detector,
            CommitHooks hooks,
            PromptCommits commits,
            Intake intake,
            DetectorFigures figures) {
        this.context = context;
        this.detector = detector;
        this.unwritten = hooks.beforeCommit(context, detector::writeTables);
        this.commits = commits;
        this.intake = intake;
        this.figures = figures;
        this.partition = context.taskId().partition();
    }

    void read(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        if (!isOrdinaryHeartbeat(record, metadata)) {
            consider(record, metadata);
        }
        if (detector.hasUnwritten()) {
            unwritten.mark();
        }
        commits.askIfDue();
    }

    void close() {
        figures.left(partition);
    }

    /** Takes the heartbeats that change a deadline and nothing else: nearly all there are. */
    private boolean isOrdinaryHeartbeat(Record<byte[], byte[]> record, RecordMetadata metadata) {
        boolean ordinary = metadata.topic().equals(Topic.HEARTBEATS.topicName())
                && record.headers().lastHeader(RecordHeaders.TYPE) == null
                && scanner.reads(record.key(), record.value())
                && detector.ordinaryHeartbeat(scanner.high(), scanner.low(), scanner.mode(), record.timestamp());
        if (ordinary) {
            figures.heartbeat(scanner.mode());
        }
        return ordinary;
    }

    private void consider(Record<byte[], byte[]> record, RecordMetadata metadata) {
        Topic topic = topic(metadata);
        Runnable decision;
        try {
            decision = decode(topic, record, metadata);
        } catch (MalformedMessage poison) {
            passOver(topic, metadata);
            return;
        }
        decision.run();
    }

    /** Reads the record whole before anything changes. */
    private Runnable decode(Topic topic, Record<byte[], byte[]> record, RecordMetadata metadata) {
        long atMs = record.timestamp();
        return switch (topic) {
            case COMMANDS -> {
                AgentCommand command = intake.command(record, partition);
                yield () -> detector.command(command, metadata.offset(), atMs);
            }
            case OBSERVATIONS -> {
                Observation observation = intake.observation(record, partition);
                yield () -> detector.observation(observation, atMs);
            }
            default -> Intake.type(record).map(type -> typed(type, record)).orElseGet(() -> heartbeat(record));
        };
    }

    private Runnable heartbeat(Record<byte[], byte[]> record) {
        AgentId agent = intake.key(record.key(), partition);
        Heartbeat heartbeat = intake.heartbeat(record);
        return () -> {
            figures.heartbeat(heartbeat.mode());
            detector.heartbeat(agent, heartbeat, record.timestamp());
        };
    }

    /** A tick decides; a gateway's probe, or a type of a later version, is nobody's sign of life and is passed over. */
    private Runnable typed(String type, Record<byte[], byte[]> record) {
        if (!type.equals(RecordHeaders.TYPE_TICK)) {
            return () -> {};
        }
        Optional<Tick> tick = intake.tick(record, partition);
        return () -> tick(tick, record.timestamp());
    }

    private void tick(Optional<Tick> tick, long atMs) {
        if (tick.isPresent() && detector.tick(tick.get(), atMs)) {
            figures.tick(partition, detector.census(), atMs);
        } else {
            figures.ignoredTick();
        }
    }

    /** Whoever stores or acts on the topic puts the record aside; here it is only no fact. */
    private void passOver(Topic topic, RecordMetadata metadata) {
        figures.poison(topic);
        log.atWarn()
                .addKeyValue("topic", metadata.topic())
                .addKeyValue("partition", metadata.partition())
                .addKeyValue("offset", metadata.offset())
                .log("Unreadable record passed over");
    }

    private static Topic topic(RecordMetadata metadata) {
        return READ.stream()
                .filter(topic -> topic.topicName().equals(metadata.topic()))
                .findFirst()
                .orElseThrow();
    }
}
