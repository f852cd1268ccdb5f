package io.agentstation.store.webhooks;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.store.session.Store;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code webhook_lanes}. A column's clock is its own value: whoever writes late, a dispatcher that has lost its
 * partition too, never takes a lane back.
 */
public final class WebhookLanes {

    private static final String MATCHED = """
            INSERT INTO webhook_lanes (webhook_id, stream_id, agent_id, matched)
            VALUES (:webhook_id, :stream_id, :agent_id, :sequence) USING TIMESTAMP :sequence""";
    private static final String RESOLVED = """
            INSERT INTO webhook_lanes (webhook_id, stream_id, agent_id, resolved)
            VALUES (:webhook_id, :stream_id, :agent_id, :sequence) USING TIMESTAMP :sequence""";
    private static final String BOTH = """
            INSERT INTO webhook_lanes (webhook_id, stream_id, agent_id, matched, resolved)
            VALUES (:webhook_id, :stream_id, :agent_id, :sequence, :sequence) USING TIMESTAMP :sequence""";
    private static final String FIND = """
            SELECT matched, resolved FROM webhook_lanes
            WHERE webhook_id = :webhook_id AND stream_id = :stream_id AND agent_id = :agent_id""";

    private final Store store;
    private final PreparedStatement matched;
    private final PreparedStatement resolved;
    private final PreparedStatement both;
    private final PreparedStatement find;

    public WebhookLanes(Store store) {
        this.store = store;
        this.matched = store.prepare(MATCHED);
        this.resolved = store.prepare(RESOLVED);
        this.both = store.prepare(BOTH);
        this.find = store.prepare(FIND);
    }

    /** Notes that everything up to this sequence has been taken into the lane, and is stored. */
    public CompletionStage<?> matched(LaneKey lane, long sequence) {
        return store.executeAsync(
                bind(matched, lane).setLong("sequence", sequence).setIdempotent(true));
    }

    /** Notes that everything up to this sequence, which had been taken into the lane before, is done with. */
    public CompletionStage<?> resolved(LaneKey lane, long sequence) {
        return store.executeAsync(
                bind(resolved, lane).setLong("sequence", sequence).setIdempotent(true));
    }

    /** Notes that everything up to this sequence has been taken into the lane and is done with. */
    public CompletionStage<?> matchedAndResolved(LaneKey lane, long sequence) {
        return store.executeAsync(bind(both, lane).setLong("sequence", sequence).setIdempotent(true));
    }

    /** How far the lane is. */
    public CompletionStage<LaneProgress> find(LaneKey lane) {
        return store.executeAsync(bind(find, lane).setIdempotent(true)).thenApply(rows -> read(rows.one()));
    }

    private static LaneProgress read(@Nullable Row row) {
        return row == null
                ? LaneProgress.NONE
                // A column that was never written reads as 0.
                : new LaneProgress(row.getLong("matched"), row.getLong("resolved"));
    }

    static BoundStatement bind(PreparedStatement statement, LaneKey lane) {
        return statement
                .bind()
                .setUuid("webhook_id", lane.webhook())
                .setUuid("stream_id", lane.stream())
                .setUuid("agent_id", lane.agent().value());
    }
}
