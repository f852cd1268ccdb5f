package io.agentstation.telemetry.heartbeats;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.store.agents.AgentProjections;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.telemetry.batches.LogRecord;
import io.agentstation.telemetry.batches.Rows;
import io.agentstation.telemetry.batches.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One row a heartbeat, and the newest of each agent in its row of {@code agents}; neither waits for the other. */
public final class HeartbeatRows implements Rows<Heartbeat> {

    private final Heartbeats heartbeats;
    private final AgentProjections projections;

    public HeartbeatRows(Heartbeats heartbeats, AgentProjections projections) {
        this.heartbeats = heartbeats;
        this.projections = projections;
    }

    /** Whether the record is a heartbeat, and not a tick or a gateway's probe: those carry a type. */
    public static boolean isHeartbeat(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(RecordHeaders.TYPE) == null;
    }

    @Override
    public List<List<Write>> of(List<LogRecord<Heartbeat>> batch) {
        Map<AgentId, LogRecord<Heartbeat>> newest = new HashMap<>();
        batch.forEach(record -> newest.put(record.agent(), record));
        return List.of(Stream.concat(
                        heartbeats.writes(batch.stream().map(HeartbeatRows::row).toList()).stream()
                                .map(rows -> Write.of("heartbeats", rows)),
                        newest.values().stream().map(this::projection))
                .toList());
    }

    private static StoredHeartbeat row(LogRecord<Heartbeat> record) {
        return new StoredHeartbeat(record.agent(), record.appendTime(), record.offset(), record.message());
    }

    private Write projection(LogRecord<Heartbeat> record) {
        return Write.of(
                "agents",
                () -> projections.projectHeartbeat(
                        record.agent(), record.message().mode(), record.appendTimeMs(), record.offset()));
    }
}
