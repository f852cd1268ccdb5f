package io.agentstation.store.webhooks;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.store.session.Store;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Table {@code webhook_lanes}: how far lanes were before V009. Nobody writes it any more. */
final class WebhookLanes {

    private static final String FIND = """
            SELECT matched, resolved FROM webhook_lanes
            WHERE webhook_id = :webhook_id AND stream_id = :stream_id AND agent_id = :agent_id""";

    private final Store store;
    private final PreparedStatement find;

    WebhookLanes(Store store) {
        this.store = store;
        this.find = store.prepare(FIND);
    }

    /** How far the lane was. */
    CompletionStage<LaneProgress> find(LaneKey lane) {
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
