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
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each record of a partition to its detector; poison goes to the dead letters and stops nobody. */
final class DetectorProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger log = LoggerFactory.getLogger(DetectorProcessor.class);
    private static final Map<String, String> DEAD_LETTER_SINKS_BY_TOPIC =
            LivenessTopology.DEAD_LETTER_SINKS.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(e -> e.getValue().topicName(), Map.Entry::getKey));

    private final LivenessSettings settings;
    private final SilenceRule rule;
    private final Intake intake;
    private final DetectorFigures figures;
    private final CommitHooks hooks;
    private final HeartbeatScanner scanner = new HeartbeatScanner();
    private @Nullable PartitionScope scope;

    /** What belongs to the partition that the task was made for. */
    private record PartitionScope(
            ProcessorContext<byte[], byte[]> context,
            int partition,
            PartitionDetector detector,
            CommitHooks.Marker unwritten) {}

    DetectorProcessor(
            LivenessSettings settings, SilenceRule rule, Intake intake, DetectorFigures figures, CommitHooks hooks) {
        this.settings = settings;
        this.rule = rule;
        this.intake = intake;
        this.figures = figures;
        this.hooks = hooks;
    }

    // Called again, on the same object, when Streams revives a corrupted task: everything is built anew from the
    // stores.
    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        int partition = context.taskId().partition();
        PartitionDetector detector =
                new PartitionDetector(partition, settings, rule, StoreTables.of(context), new SinkOutbox(context));
        scope = new PartitionScope(context, partition, detector, hooks.beforeCommit(context, detector::writeWatches));
        // Counts are no liveness decision: they may follow the wall clock.
        context.schedule(settings.fleetPeriod(), PunctuationType.WALL_CLOCK_TIME, time -> detector.writeFleet());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        PartitionScope here = Objects.requireNonNull(scope);
        RecordMetadata metadata = here.context.recordMetadata().orElseThrow();
        if (!isOrdinaryHeartbeat(here, record, metadata)) {
            consider(here, record, metadata);
        }
        if (here.detector.hasUnwritten()) {
            here.unwritten.mark();
        }
    }

    /** Takes the heartbeats that change a deadline and nothing else: nearly all there are. */
    private boolean isOrdinaryHeartbeat(PartitionScope here, Record<byte[], byte[]> record, RecordMetadata metadata) {
        boolean ordinary = metadata.topic().equals(Topic.HEARTBEATS.topicName())
                && record.headers().lastHeader(RecordHeaders.TYPE) == null
                && scanner.reads(record.key(), record.value())
                && here.detector.ordinaryHeartbeat(scanner.high(), scanner.low(), scanner.mode(), record.timestamp());
        if (ordinary) {
            figures.heartbeat();
        }
        return ordinary;
    }

    private void consider(PartitionScope here, Record<byte[], byte[]> record, RecordMetadata metadata) {
        Runnable decision;
        try {
            decision = decode(here, record, metadata);
        } catch (MalformedMessage e) {
            putAside(here, record, metadata, String.valueOf(e.getMessage()));
            return;
        }
        decision.run();
    }

    /** Reads the record whole before anything changes. */
    private Runnable decode(PartitionScope here, Record<byte[], byte[]> record, RecordMetadata metadata) {
        long atMs = record.timestamp();
        if (metadata.topic().equals(Topic.COMMANDS.topicName())) {
            AgentCommand command = intake.command(record, here.partition);
            return () -> here.detector.command(command, metadata.offset(), atMs);
        }
        if (metadata.topic().equals(Topic.OBSERVATIONS.topicName())) {
            Observation observation = intake.observation(record, here.partition);
            return () -> here.detector.observation(observation, atMs);
        }
        Optional<String> type = Intake.type(record);
        if (type.isPresent()) {
            return typed(here, type.get(), record);
        }
        AgentId agent = intake.key(record.key(), here.partition);
        Heartbeat heartbeat = intake.heartbeat(record);
        return () -> {
            figures.heartbeat();
            here.detector.heartbeat(agent, heartbeat, atMs);
        };
    }

    /** A tick decides; a gateway's probe, or a type of a later version, is nobody's sign of life and is passed over. */
    private Runnable typed(PartitionScope here, String type, Record<byte[], byte[]> record) {
        if (!type.equals(RecordHeaders.TYPE_TICK)) {
            return () -> {};
        }
        Optional<Tick> tick = intake.tick(record, here.partition);
        return () -> tick(here, tick, record.timestamp());
    }

    private void tick(PartitionScope here, Optional<Tick> tick, long atMs) {
        if (tick.isPresent() && here.detector.tick(tick.get(), atMs)) {
            figures.tick();
        } else {
            figures.ignoredTick();
        }
    }

    private void putAside(PartitionScope here, Record<byte[], byte[]> record, RecordMetadata metadata, String reason) {
        figures.deadLetter();
        log.atWarn()
                .addKeyValue("topic", metadata.topic())
                .addKeyValue("partition", metadata.partition())
                .addKeyValue("offset", metadata.offset())
                .log("record put aside as poison");
        here.context.forward(
                DeadLetters.of(record, metadata, reason), DEAD_LETTER_SINKS_BY_TOPIC.get(metadata.topic()));
    }
}
