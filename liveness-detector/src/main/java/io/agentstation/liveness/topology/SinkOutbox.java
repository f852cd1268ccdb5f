package io.agentstation.liveness.topology;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.liveness.detection.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Writes decisions to their topics, in the transaction of the records that led to them. */
final class SinkOutbox implements Outbox {

    private final ProcessorContext<byte[], byte[]> context;
    private final DetectorFigures figures;
    private final PromptCommits commits;

    SinkOutbox(ProcessorContext<byte[], byte[]> context, DetectorFigures figures, PromptCommits commits) {
        this.context = context;
        this.figures = figures;
        this.commits = commits;
    }

    @Override
    public void event(LifecycleEvent event) {
        send(event.agentId().toString(), event, event.occurredAt().toEpochMilli(), LivenessTopology.LIFECYCLE_SINK);
        commits.want();
    }

    @Override
    public void silence(LifecycleEvent event, Duration afterDeadline) {
        event(event);
        figures.unhealthy(afterDeadline);
    }

    @Override
    public void command(AgentCommand command) {
        long issuedAtMs = command.meta().issuedAt().toEpochMilli();
        send(command.agentId().toString(), command, issuedAtMs, LivenessTopology.COMMANDS_SINK);
    }

    @Override
    public void fleet(FleetCounts counts) {
        String key = FleetCounts.key(counts.workspace(), counts.partition());
        send(key, counts, context.currentStreamTimeMs(), LivenessTopology.FLEET_SINK);
    }

    @Override
    public void report(DetectorReport report) {
        String key = DetectorReport.key(report.partition());
        send(key, report, report.at().toEpochMilli(), LivenessTopology.DETECTOR_SINK);
    }

    // The brokers replace the timestamp (LogAppendTime); it only has to be valid.
    private void send(String key, Object message, long timestampMs, String sink) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(keyBytes, Wire.write(message), Math.max(timestampMs, 0)), sink);
    }
}
