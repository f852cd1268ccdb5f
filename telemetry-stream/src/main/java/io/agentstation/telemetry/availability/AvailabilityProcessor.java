package io.agentstation.telemetry.availability;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.MalformedMessage;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.telemetry.availability.AvailabilityTopology.Readers;
import io.agentstation.telemetry.availability.AvailabilityTopology.Rules;
import io.agentstation.telemetry.batches.LogRecord;
import io.agentstation.telemetry.batches.PoisonRecord;
import io.agentstation.telemetry.streams.StreamRecords;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One partition's heartbeats, ticks and lifecycle events into hours. Records that nobody can read are passed over: the
 * writers of those topics put them aside.
 */
final class AvailabilityProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private final Readers readers;
    private final Rules rules;
    private final AvailabilityFigures figures;

    private @Nullable Task task;

    private record Task(ProcessorContext<byte[], byte[]> context, LogTime log, AgentHours agents) {}

    AvailabilityProcessor(Readers readers, Rules rules, AvailabilityFigures figures) {
        this.readers = readers;
        this.rules = rules;
        this.figures = figures;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        LogTime log = new LogTime(
                context.getStateStore(AvailabilityTopology.LOG_TIME_STORE), rules.promise(), rules.excludesStalls());
        task = new Task(
                context,
                log,
                new AgentHours(
                        context.getStateStore(AvailabilityTopology.AGENTS_STORE),
                        log.time(),
                        rules.promise(),
                        rules.publishInterval(),
                        (agent, hour) -> publish(context, agent, hour)));
    }

    private static void publish(ProcessorContext<byte[], byte[]> context, String agent, AvailabilityHour hour) {
        context.forward(
                new Record<>(agent.getBytes(StandardCharsets.UTF_8), Wire.write(hour), context.currentStreamTimeMs()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Task now = Objects.requireNonNull(task);
        RecordMetadata place = now.context.recordMetadata().orElseThrow();
        Header type = record.headers().lastHeader(RecordHeaders.TYPE);
        try {
            if (place.topic().equals(Topic.LIFECYCLE.topicName())) {
                LifecycleEvent event =
                        readers.events().decode(StreamRecords.of(record, place)).message();
                now.agents.learned(event);
            } else if (type == null) {
                heard(now, readers.heartbeats().decode(StreamRecords.of(record, place)));
            } else if (isTick(type)) {
                ticked(now, record, place.partition());
            }
        } catch (PoisonRecord | MalformedMessage e) {
            figures.unreadable();
        }
    }

    private static void heard(Task now, LogRecord<Heartbeat> heartbeat) {
        now.log.heard(heartbeat.appendTimeMs());
        now.agents.heard(heartbeat.agent().toString(), heartbeat.message().mode(), heartbeat.appendTimeMs());
    }

    private void ticked(Task now, Record<byte[], byte[]> record, int partition) {
        Header code = record.headers().lastHeader(RecordHeaders.HMAC);
        Optional<Tick> tick = readers.ticks().read(record.value(), code == null ? null : code.value(), partition);
        if (tick.isPresent() && now.log.ticked(tick.get(), record.timestamp())) {
            now.agents.ticked();
        } else {
            figures.ignoredTick();
        }
    }

    private static boolean isTick(Header type) {
        return type.value() != null && RecordHeaders.TYPE_TICK.equals(new String(type.value(), StandardCharsets.UTF_8));
    }
}
