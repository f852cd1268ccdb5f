package io.agentstation.store.webhooks;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.store.session.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Table {@code webhook_messages}: what waits in lanes, by lane and sequence, so that storing it twice is storing it once. */
public final class WaitingMessages {

    private static final String WRITE = """
            INSERT INTO webhook_messages (webhook_id, stream_id, agent_id, sequence, message_id, event_type, body)
            VALUES (:webhook_id, :stream_id, :agent_id, :sequence, :message_id, :event_type, :body)""";
    private static final String AFTER = """
            SELECT sequence, message_id, event_type, body FROM webhook_messages
            WHERE webhook_id = :webhook_id AND stream_id = :stream_id AND agent_id = :agent_id AND sequence > :sequence
            LIMIT :most""";
    private static final String REMOVE = """
            DELETE FROM webhook_messages
            WHERE webhook_id = :webhook_id AND stream_id = :stream_id AND agent_id = :agent_id
              AND sequence <= :sequence""";

    private final Store store;
    private final PreparedStatement write;
    private final PreparedStatement after;
    private final PreparedStatement remove;

    public WaitingMessages(Store store) {
        this.store = store;
        this.write = store.prepare(WRITE);
        this.after = store.prepare(AFTER);
        this.remove = store.prepare(REMOVE);
    }

    /** Stores a message at its place. */
    public CompletionStage<?> write(LaneKey lane, WaitingMessage message) {
        return store.executeAsync(WebhookLanes.bind(write, lane)
                .setLong("sequence", message.sequence())
                .setString("message_id", message.messageId())
                .setString("event_type", message.event())
                .setString("body", message.body())
                .setIdempotent(true));
    }

    /** The next messages of a lane in order, at most so many. */
    public CompletionStage<List<WaitingMessage>> after(LaneKey lane, long sequence, int most) {
        return store.executeAsync(WebhookLanes.bind(after, lane)
                        .setLong("sequence", sequence)
                        .setInt("most", most)
                        .setPageSize(most)
                        .setIdempotent(true))
                .thenApply(rows -> {
                    List<WaitingMessage> found = new ArrayList<>();
                    rows.currentPage().forEach(row -> found.add(read(row)));
                    return found;
                });
    }

    /** Forgets every message of a lane up to this place. */
    public CompletionStage<?> removeUpTo(LaneKey lane, long sequence) {
        return store.executeAsync(
                WebhookLanes.bind(remove, lane).setLong("sequence", sequence).setIdempotent(true));
    }

    private static WaitingMessage read(Row row) {
        return new WaitingMessage(
                row.getLong("sequence"),
                row.get("message_id", String.class),
                row.get("event_type", String.class),
                row.get("body", String.class));
    }
}
