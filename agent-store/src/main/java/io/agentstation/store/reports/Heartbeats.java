package io.agentstation.store.reports;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Table {@code heartbeats}: one row a heartbeat, kept for 7 days; the key is its place in the log, so a replay is the same row. */
public final class Heartbeats {

    /** For how many days rows are kept. */
    public static final int RETENTION_DAYS = 7;

    private final Store store;
    private final PreparedStatement write;
    private final LatestByDay latest;

    public Heartbeats(Store store) {
        this.store = store;
        this.write =
                store.prepare("INSERT INTO heartbeats (agent_id, day, append_time, record_offset, mode, uptime_seconds)"
                        + " VALUES (:agent_id, :day, :append_time, :record_offset, :mode, :uptime_seconds)");
        this.latest = new LatestByDay(store, "heartbeats", RETENTION_DAYS);
    }

    /** Stores one heartbeat. */
    public CompletionStage<?> write(StoredHeartbeat stored) {
        return store.executeAsync(write.bind()
                .setUuid("agent_id", stored.agent().value())
                .setLocalDate("day", LatestByDay.dayOf(stored.appendTime()))
                .setInstant("append_time", stored.appendTime())
                .setLong("record_offset", stored.offset())
                .setString("mode", stored.heartbeat().mode().name())
                .setDouble("uptime_seconds", stored.heartbeat().uptimeSeconds())
                .setIdempotent(true));
    }

    /** The agent's newest heartbeats up to now, newest first. */
    public CompletionStage<List<StoredHeartbeat>> latest(AgentId agent, Instant now, int most) {
        return latest.read(agent, now, most, row -> read(agent, row));
    }

    private static StoredHeartbeat read(AgentId agent, Row row) {
        return new StoredHeartbeat(
                agent,
                row.get("append_time", Instant.class),
                row.getLong("record_offset"),
                new Heartbeat(HeartbeatMode.valueOf(row.get("mode", String.class)), row.getDouble("uptime_seconds")));
    }
}
