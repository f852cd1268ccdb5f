package io.agentstation.store.webhooks;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.session.Store;
import io.agentstation.store.writes.GatheredWrites;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Tables {@code webhook_retries} and {@code webhook_retry_floors}: when each waiting lane is tried next, in buckets of time,
 * so that an owner reads only what comes due soon, and each bucket once.
 */
public final class RetrySchedule {

    /** How much time a bucket holds. */
    public static final Duration BUCKET = Duration.ofMinutes(5);

    private static final String WRITE = """
            INSERT INTO webhook_retries (topic, partition, bucket, due, webhook_id, stream_id, agent_id, workspace,
              sequence, attempts, first_attempt_at)
            VALUES (:topic, :partition, :bucket, :due, :webhook_id, :stream_id, :agent_id, :workspace,
              :sequence, :attempts, :first_attempt_at)""";
    private static final String REMOVE = """
            DELETE FROM webhook_retries
            WHERE topic = :topic AND partition = :partition AND bucket = :bucket AND due = :due
              AND webhook_id = :webhook_id AND stream_id = :stream_id AND agent_id = :agent_id""";
    private static final String READ = """
            SELECT * FROM webhook_retries WHERE topic = :topic AND partition = :partition AND bucket = :bucket""";
    private static final String ONE = """
            SELECT due FROM webhook_retries
            WHERE topic = :topic AND partition = :partition AND bucket = :bucket AND due = :due
              AND webhook_id = :webhook_id AND stream_id = :stream_id AND agent_id = :agent_id""";
    private static final String RAISE = """
            INSERT INTO webhook_retry_floors (topic, partition, bucket) VALUES (:topic, :partition, :bucket)
            USING TIMESTAMP :clock""";
    private static final String FLOOR =
            "SELECT bucket FROM webhook_retry_floors WHERE topic = :topic AND partition = :partition";

    private record Bucket(RetryOwner owner, Instant from) {}

    private final Store store;
    private final GatheredWrites<Bucket> writes;
    private final PreparedStatement write;
    private final PreparedStatement remove;
    private final PreparedStatement read;
    private final PreparedStatement one;
    private final PreparedStatement raise;
    private final PreparedStatement floor;

    public RetrySchedule(Store store) {
        this.store = store;
        this.writes = new GatheredWrites<>(store);
        this.write = store.prepare(WRITE);
        this.remove = store.prepare(REMOVE);
        this.read = store.prepare(READ);
        this.one = store.prepare(ONE);
        this.raise = store.prepare(RAISE);
        this.floor = store.prepare(FLOOR);
    }

    /** The bucket in which a time lies, by its beginning. */
    public static Instant bucketOf(Instant time) {
        long millis = BUCKET.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
    }

    /**
     * Stores when a lane is tried next. Its times are kept to the millisecond. What comes due in one bucket and is written while
     * others are, is written together: an event that goes to many dead endpoints is many rows of one bucket.
     */
    public CompletionStage<?> write(RetryOwner owner, ScheduledRetry retry) {
        return writes.write(
                bucket(owner, retry), fields(at(WebhookLanes.bind(write, retry.lane()), owner, retry), retry), 0);
    }

    static BoundStatement fields(BoundStatement statement, ScheduledRetry retry) {
        return statement
                .setInstant("due", retry.due())
                .setString("workspace", retry.workspace().value())
                .setLong("sequence", retry.sequence())
                .setInt("attempts", retry.attempts())
                .setInstant("first_attempt_at", retry.firstAttemptAt())
                .setIdempotent(true);
    }

    /** Whether this retry is still stored. */
    public CompletionStage<Boolean> holds(RetryOwner owner, ScheduledRetry retry) {
        return store.executeAsync(
                        at(WebhookLanes.bind(one, retry.lane()), owner, retry).setIdempotent(true))
                .thenApply(rows -> rows.one() != null);
    }

    /** Forgets that. */
    public CompletionStage<?> remove(RetryOwner owner, ScheduledRetry retry) {
        return writes.write(
                bucket(owner, retry),
                at(WebhookLanes.bind(remove, retry.lane()), owner, retry).setIdempotent(true),
                0);
    }

    /** What comes due in a bucket, in that order; waits, page by page as the iteration goes. */
    public Iterable<ScheduledRetry> in(RetryOwner owner, Instant bucket) {
        return store.rows(
                owner(read.bind(), owner).setInstant("bucket", bucket).setIdempotent(true), RetrySchedule::read);
    }

    /** Notes that nothing is left in any bucket before this one; a floor never sinks. */
    public CompletionStage<?> raiseFloor(RetryOwner owner, Instant bucket) {
        return store.executeAsync(owner(raise.bind(), owner)
                .setInstant("bucket", bucket)
                .setLong("clock", bucket.toEpochMilli())
                .setIdempotent(true));
    }

    /** The oldest bucket that may hold anything; empty when nothing has been noted yet. Waits. */
    public Optional<Instant> floor(RetryOwner owner) {
        return Optional.ofNullable(store.execute(owner(floor.bind(), owner).setIdempotent(true))
                        .one())
                .map(row -> row.get("bucket", Instant.class));
    }

    private static Bucket bucket(RetryOwner owner, ScheduledRetry retry) {
        return new Bucket(owner, bucketOf(retry.due()));
    }

    private static BoundStatement owner(BoundStatement statement, RetryOwner owner) {
        return statement.setString("topic", owner.topic()).setInt("partition", owner.partition());
    }

    private static BoundStatement at(BoundStatement statement, RetryOwner owner, ScheduledRetry retry) {
        return owner(statement, owner)
                .setInstant("bucket", bucketOf(retry.due()))
                .setInstant("due", retry.due());
    }

    static ScheduledRetry read(Row row) {
        return new ScheduledRetry(
                new LaneKey(
                        row.get("webhook_id", UUID.class),
                        row.get("stream_id", UUID.class),
                        new AgentId(row.get("agent_id", UUID.class))),
                WorkspaceId.of(row.get("workspace", String.class)),
                row.get("due", Instant.class),
                row.getLong("sequence"),
                row.getInt("attempts"),
                row.get("first_attempt_at", Instant.class));
    }
}
