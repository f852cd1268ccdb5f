package io.agentstation.store.events;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.session.Batches;
import io.agentstation.store.session.ResultBatches;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Table {@code lifecycle_events}: every event of an agent, for good; the key is (agent, sequence), so a replay is the same row. */
public final class LifecycleEvents {

    private static final String WRITE = """
            INSERT INTO lifecycle_events (agent_id, sequence, event_id, event_type, from_state, to_state, health,
              caused_by, triggered_by, occurred_at, metadata)
            VALUES (:agent_id, :sequence, :event_id, :event_type, :from_state, :to_state, :health,
              :caused_by, :triggered_by, :occurred_at, :metadata)""";

    private static final String READ_BEFORE = """
            SELECT * FROM lifecycle_events WHERE agent_id = :agent_id AND sequence < :before""";

    /** Events that are read, and held, at a time. */
    private static final int BATCH = 100;

    private final Store store;
    private final PreparedStatement write;
    private final PreparedStatement read;
    private final PreparedStatement readBefore;

    public LifecycleEvents(Store store) {
        this.store = store;
        this.write = store.prepare(WRITE);
        this.read = store.prepare("SELECT * FROM lifecycle_events WHERE agent_id = :agent_id");
        this.readBefore = store.prepare(READ_BEFORE);
    }

    /** Stores one event. */
    public CompletionStage<?> write(LifecycleEvent event) {
        return store.executeAsync(write.bind()
                .setUuid("agent_id", event.agentId().value())
                .setLong("sequence", event.sequence())
                .setUuid("event_id", event.id())
                .setString("event_type", event.event().name())
                .setString(
                        "from_state",
                        event.fromState() == null ? null : event.fromState().name())
                .setString("to_state", event.toState().name())
                .setString("health", event.health().wireName())
                .setUuid(
                        "caused_by",
                        event.causedBy() == null ? null : event.causedBy().value())
                .setString("triggered_by", event.triggeredBy())
                .setInstant("occurred_at", event.occurredAt())
                .setString("metadata", Wire.writeText(event.metadata()))
                .setIdempotent(true));
    }

    /** The complete history of an agent, newest first. */
    public CompletionStage<List<StoredEvent>> of(AgentId agent) {
        return store.executeAsync(read.bind().setUuid("agent_id", agent.value()).setIdempotent(true))
                .thenCompose(rows -> collect(agent, rows, new ArrayList<>()));
    }

    /** The events before this one, newest first, to be taken batch by batch; {@link Long#MAX_VALUE} for all of them. */
    public Batches<StoredEvent> before(AgentId agent, long sequence) {
        return new ResultBatches<>(
                store,
                readBefore
                        .bind()
                        .setUuid("agent_id", agent.value())
                        .setLong("before", sequence)
                        .setIdempotent(true)
                        .setPageSize(BATCH),
                row -> read(agent, row));
    }

    private CompletionStage<List<StoredEvent>> collect(AgentId agent, AsyncResultSet rows, List<StoredEvent> found) {
        rows.currentPage().forEach(row -> found.add(read(agent, row)));
        return rows.hasMorePages()
                ? store.nextPage(rows).thenCompose(next -> collect(agent, next, found))
                : CompletableFuture.completedStage(List.copyOf(found));
    }

    @SuppressWarnings("unchecked")
    private static StoredEvent read(AgentId agent, Row row) {
        String from = row.getString("from_state");
        UUID cause = row.getUuid("caused_by");
        return new StoredEvent(
                row.get("event_id", UUID.class),
                agent,
                row.getLong("sequence"),
                EventType.valueOf(row.get("event_type", String.class)),
                from == null ? null : AgentState.valueOf(from),
                AgentState.valueOf(row.get("to_state", String.class)),
                cause == null ? null : new CommandId(cause),
                row.get("triggered_by", String.class),
                row.get("occurred_at", Instant.class),
                Wire.readText(row.get("metadata", String.class), Map.class));
    }
}
