package io.agentstation.store.reports;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.Retention;
import io.agentstation.store.session.Store;
import io.agentstation.store.writes.RowBatches;
import io.agentstation.store.writes.RowsWrite;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Table {@code heartbeats}: one row a heartbeat, kept for as long as {@link Retention} says. Its key is its place in the log,
 * its timestamp the append time: a replay is the same row, in the same compaction window, and lives no longer.
 */
public final class Heartbeats {

    private static final String WRITE = """
            INSERT INTO heartbeats (agent_id, day, append_time, record_offset, mode, uptime_seconds)
            VALUES (:agent_id, :day, :append_time, :record_offset, :mode, :uptime_seconds)
            USING TIMESTAMP :clock AND TTL :ttl""";

    /** Rows that are read, and held, at a time. */
    private static final int BATCH = 250;

    private final PreparedStatement write;
    private final RowBatches<StoredHeartbeat> batches;
    private final ReportHistory<StoredHeartbeat> history;
    private final Duration kept;
    private final InstantSource clock;

    public Heartbeats(Store store) {
        this(store, InstantSource.system());
    }

    Heartbeats(Store store, InstantSource clock) {
        this.write = store.prepare(WRITE);
        this.batches = new RowBatches<>(
                store, this::bind, stored -> ReportDay.of(stored.agent(), stored.appendTime()), row -> 0);
        this.kept = store.retention().heartbeats();
        this.history = new ReportHistory<>(new ReportTable<>(store, "heartbeats", BATCH, Heartbeats::read), kept);
        this.clock = clock;
    }

    /** Stores one heartbeat. */
    public CompletionStage<?> write(StoredHeartbeat stored) {
        return writes(List.of(stored)).get(0).start().get();
    }

    /** The writes that store these heartbeats; none is started. */
    public List<RowsWrite> writes(List<StoredHeartbeat> heartbeats) {
        return batches.of(heartbeats);
    }

    private BoundStatement bind(StoredHeartbeat stored) {
        return write.boundStatementBuilder()
                .setUuid("agent_id", stored.agent().value())
                .setLocalDate("day", ReportDay.dayOf(stored.appendTime()))
                .setInstant("append_time", stored.appendTime())
                .setLong("record_offset", stored.offset())
                .setString("mode", stored.heartbeat().mode().name())
                .setDouble("uptime_seconds", stored.heartbeat().uptimeSeconds())
                .setLong("clock", ReportDay.clockOf(stored.appendTime()))
                .setInt("ttl", Retention.secondsLeft(kept, stored.appendTime(), clock.instant()))
                .setIdempotence(true)
                .build();
    }

    /** The agent's newest heartbeats up to now, newest first. */
    public CompletionStage<List<StoredHeartbeat>> latest(AgentId agent, Instant now, int most) {
        return history.latest(agent, now, most);
    }

    /** All that is kept, to read. */
    public ReportHistory<StoredHeartbeat> history() {
        return history;
    }

    private static StoredHeartbeat read(AgentId agent, Row row) {
        return new StoredHeartbeat(
                agent,
                row.get("append_time", Instant.class),
                row.getLong("record_offset"),
                new Heartbeat(HeartbeatMode.valueOf(row.get("mode", String.class)), row.getDouble("uptime_seconds")));
    }
}
