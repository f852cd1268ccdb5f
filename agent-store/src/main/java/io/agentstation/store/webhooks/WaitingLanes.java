package io.agentstation.store.webhooks;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.store.session.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code webhook_waiting_lanes}: which lanes of a subscription wait, by the partition that they belong to. Hints only:
 * before one is followed {@link RetrySchedule#holds} says whether it still is so.
 */
public final class WaitingLanes {

    private static final String WRITE = """
            INSERT INTO webhook_waiting_lanes (webhook_id, topic, partition, stream_id, agent_id, due, workspace,
              sequence, attempts, first_attempt_at)
            VALUES (:webhook_id, :topic, :partition, :stream_id, :agent_id, :due, :workspace,
              :sequence, :attempts, :first_attempt_at) USING TTL :ttl""";
    private static final String REMOVE = """
            DELETE FROM webhook_waiting_lanes
            WHERE webhook_id = :webhook_id AND topic = :topic AND partition = :partition
              AND stream_id = :stream_id AND agent_id = :agent_id""";
    private static final String READ = """
            SELECT * FROM webhook_waiting_lanes
            WHERE webhook_id = :webhook_id AND topic = :topic AND partition = :partition
              AND (stream_id, agent_id) > (:stream_id, :agent_id) LIMIT :most""";
    private static final UUID LEAST = new UUID(0, 0);

    private final Store store;
    private final PreparedStatement write;
    private final PreparedStatement remove;
    private final PreparedStatement read;

    public WaitingLanes(Store store) {
        this.store = store;
        this.write = store.prepare(WRITE);
        this.remove = store.prepare(REMOVE);
        this.read = store.prepare(READ);
    }

    /**
     * Notes for what a lane waits, in place of what was noted before.
     *
     * @param wait until it comes due; then the note expires
     */
    public CompletionStage<?> write(RetryOwner owner, ScheduledRetry retry, Duration wait) {
        return store.executeAsync(RetrySchedule.fields(owner(WebhookLanes.bind(write, retry.lane()), owner), retry)
                .setInt("ttl", Math.toIntExact(Math.max(1, wait.toSeconds()))));
    }

    /** Forgets that a lane waits. */
    public CompletionStage<?> remove(RetryOwner owner, LaneKey lane) {
        return store.executeAsync(owner(WebhookLanes.bind(remove, lane), owner).setIdempotent(true));
    }

    /** Lanes of a subscription that wait, at most so many, those after this one; all of them over repeated calls. */
    public CompletionStage<List<ScheduledRetry>> of(RetryOwner owner, UUID webhook, @Nullable LaneKey after, int most) {
        return store.executeAsync(owner(read.bind(), owner)
                        .setUuid("webhook_id", webhook)
                        .setUuid("stream_id", after == null ? LEAST : after.stream())
                        .setUuid(
                                "agent_id",
                                after == null ? LEAST : after.agent().value())
                        .setInt("most", most)
                        .setPageSize(most)
                        .setIdempotent(true))
                .thenApply(rows -> {
                    List<ScheduledRetry> found = new ArrayList<>();
                    for (Row row : rows.currentPage()) {
                        found.add(RetrySchedule.read(row));
                    }
                    return found;
                });
    }

    private static BoundStatement owner(BoundStatement statement, RetryOwner owner) {
        return statement.setString("topic", owner.topic()).setInt("partition", owner.partition());
    }
}
