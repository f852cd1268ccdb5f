package io.agentstation.telemetry.heartbeats;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.telemetry.batches.LogRecord;
import io.agentstation.telemetry.batches.Rows;
import io.agentstation.telemetry.batches.Write;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One row a heartbeat, and the newest of each agent in {@code latest_reports}; neither waits for the other. The newest go first:
 * they are few, and what an agent's details say of it should not wait for the history of all.
 */
public final class HeartbeatRows implements Rows<Heartbeat> {

    private final Heartbeats heartbeats;
    private final LatestReports latest;

    public HeartbeatRows(Heartbeats heartbeats, LatestReports latest) {
        this.heartbeats = heartbeats;
        this.latest = latest;
    }

    /** Whether the record is a heartbeat, and not a tick or a gateway's probe: those carry a type. */
    public static boolean isHeartbeat(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(RecordHeaders.TYPE) == null;
    }

    @Override
    public List<List<Write>> of(List<LogRecord<Heartbeat>> batch) {
        List<StoredHeartbeat> rows = batch.stream().map(HeartbeatRows::row).toList();
        return List.of(Stream.concat(
                        latest.ofHeartbeats(rows).stream().map(write -> Write.of("latest_reports", write)),
                        heartbeats.writes(rows).stream().map(write -> Write.of("heartbeats", write)))
                .toList());
    }

    private static StoredHeartbeat row(LogRecord<Heartbeat> record) {
        return new StoredHeartbeat(record.agent(), record.appendTime(), record.offset(), record.message());
    }
}
