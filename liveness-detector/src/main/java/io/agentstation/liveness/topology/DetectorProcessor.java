package io.agentstation.liveness.topology;

import io.agentstation.liveness.detection.Criteria;
import io.agentstation.liveness.detection.PartitionDetector;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Opens and closes the work on a partition as Kafka Streams assigns it. */
final class DetectorProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Duration REPORT_PERIOD = Duration.ofSeconds(1);

    private final Criteria criteria;
    private final Intake intake;
    private final DetectorFigures figures;
    private final CommitHooks hooks;
    private final CommitPace pace;
    private @Nullable PartitionTask task;

    DetectorProcessor(Criteria criteria, Intake intake, DetectorFigures figures, CommitHooks hooks, CommitPace pace) {
        this.criteria = criteria;
        this.intake = intake;
        this.figures = figures;
        this.hooks = hooks;
        this.pace = pace;
    }

    // Called again, on the same object, when Streams revives a corrupted task: everything is built anew from the
    // stores.
    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        PromptCommits commits = new PromptCommits(context::commit, pace);
        PartitionDetector detector = new PartitionDetector(
                context.taskId().partition(),
                criteria,
                StoreTables.of(context),
                new SinkOutbox(context, figures, commits));
        task = new PartitionTask(context, detector, hooks, commits, intake, figures);
        // Counts and reports are no liveness decisions: they may follow the wall clock.
        context.schedule(
                criteria.settings().fleetPeriod(), PunctuationType.WALL_CLOCK_TIME, time -> detector.writeFleet());
        context.schedule(REPORT_PERIOD, PunctuationType.WALL_CLOCK_TIME, time -> detector.writeReport());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Objects.requireNonNull(task).read(record);
    }

    @Override
    public void close() {
        if (task != null) {
            task.close();
        }
    }
}
