package io.agentstation.store.webhooks;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.store.session.Store;
import io.agentstation.store.writes.GatheredReads;
import io.agentstation.store.writes.GatheredWrites;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Table {@code webhook_progress}. A column's clock is its own value: whoever writes late, a dispatcher that has lost its
 * partition too, never takes a lane back. The lanes of a subscription lie in {@value #BUCKETS} partitions, so that those that
 * move at a time share a statement; with a million agents one has 250,000 rows, about 15 MB.
 */
public final class WebhookProgress {

    /** Into how many partitions the lanes of a subscription are shared out. */
    static final int BUCKETS = 4;

    private static final String MATCHED = """
            INSERT INTO webhook_progress (webhook_id, stream_id, bucket, agent_id, matched)
            VALUES (:webhook_id, :stream_id, :bucket, :agent_id, :sequence) USING TIMESTAMP :sequence""";
    private static final String RESOLVED = """
            INSERT INTO webhook_progress (webhook_id, stream_id, bucket, agent_id, resolved)
            VALUES (:webhook_id, :stream_id, :bucket, :agent_id, :sequence) USING TIMESTAMP :sequence""";
    private static final String BOTH = """
            INSERT INTO webhook_progress (webhook_id, stream_id, bucket, agent_id, matched, resolved)
            VALUES (:webhook_id, :stream_id, :bucket, :agent_id, :sequence, :sequence) USING TIMESTAMP :sequence""";
    private static final String FIND = """
            SELECT agent_id, matched, resolved FROM webhook_progress
            WHERE webhook_id = :webhook_id AND stream_id = :stream_id AND bucket = :bucket AND agent_id IN :agents""";

    private record Bucket(UUID webhook, UUID stream, int number) {

        static Bucket of(LaneKey lane) {
            return new Bucket(lane.webhook(), lane.stream(), Partitions.of(lane.agent(), BUCKETS));
        }
    }

    private final Store store;
    private final PreparedStatement matched;
    private final PreparedStatement resolved;
    private final PreparedStatement both;
    private final PreparedStatement find;
    private final GatheredWrites<Bucket> writes;
    private final GatheredReads<Bucket, UUID, LaneProgress> reads = new GatheredReads<>(this::read);
    private final WebhookLanes former;

    public WebhookProgress(Store store) {
        this.store = store;
        this.matched = store.prepare(MATCHED);
        this.resolved = store.prepare(RESOLVED);
        this.both = store.prepare(BOTH);
        this.find = store.prepare(FIND);
        this.writes = new GatheredWrites<>(store);
        this.former = new WebhookLanes(store);
    }

    /** Notes that everything up to this sequence has been taken into the lane, and is stored. */
    public CompletionStage<?> matched(LaneKey lane, long sequence) {
        return write(matched, lane, sequence);
    }

    /** Notes that everything up to this sequence, which had been taken into the lane before, is done with. */
    public CompletionStage<?> resolved(LaneKey lane, long sequence) {
        return write(resolved, lane, sequence);
    }

    /** Notes that everything up to this sequence has been taken into the lane and is done with. */
    public CompletionStage<?> matchedAndResolved(LaneKey lane, long sequence) {
        return write(both, lane, sequence);
    }

    /**
     * How far the lane is. What only {@code webhook_lanes} knows of it is carried over first, both columns of it: a row here
     * says all.
     */
    public CompletionStage<LaneProgress> find(LaneKey lane) {
        return reads.find(Bucket.of(lane), lane.agent().value())
                .thenCompose(found -> found.<CompletionStage<LaneProgress>>map(CompletableFuture::completedStage)
                        .orElseGet(() -> carriedOver(lane)));
    }

    /**
     * As {@link #find}, for whoever takes the first event of an agent from the log: should {@code webhook_lanes} know the lane,
     * then all that was taken into it comes from the log again, and its message is sent again.
     */
    public CompletionStage<LaneProgress> findForFirst(LaneKey lane) {
        return reads.find(Bucket.of(lane), lane.agent().value()).thenApply(found -> found.orElse(LaneProgress.NONE));
    }

    private CompletionStage<LaneProgress> carriedOver(LaneKey lane) {
        return former.find(lane)
                .thenCompose(found -> found.equals(LaneProgress.NONE)
                        ? CompletableFuture.completedStage(found)
                        : carryOver(lane, found));
    }

    private CompletionStage<LaneProgress> carryOver(LaneKey lane, LaneProgress found) {
        // After a crash in between, a lane at rest must not seem to wait, nor one that waits to be at rest.
        CompletionStage<?> written = found.matched() > found.resolved()
                ? matched(lane, found.matched()).thenCompose(nothing -> resolvedIfAny(lane, found.resolved()))
                : matchedAndResolved(lane, found.resolved());
        return written.thenApply(nothing -> found);
    }

    private CompletionStage<?> resolvedIfAny(LaneKey lane, long sequence) {
        return sequence == 0 ? CompletableFuture.completedStage(null) : resolved(lane, sequence);
    }

    private CompletionStage<Void> write(PreparedStatement statement, LaneKey lane, long sequence) {
        Bucket bucket = Bucket.of(lane);
        return writes.write(
                bucket,
                bind(statement, bucket)
                        .setUuid("agent_id", lane.agent().value())
                        .setLong("sequence", sequence)
                        .build(),
                0);
    }

    private CompletionStage<Map<UUID, LaneProgress>> read(Bucket bucket, List<UUID> agents) {
        return store.executeAsync(
                        bind(find, bucket).setList("agents", agents, UUID.class).build())
                .thenApply(WebhookProgress::read);
    }

    private static Map<UUID, LaneProgress> read(AsyncResultSet rows) {
        Map<UUID, LaneProgress> found = new HashMap<>();
        // A column that was never written reads as 0.
        rows.currentPage()
                .forEach(row -> found.put(
                        row.get("agent_id", UUID.class),
                        new LaneProgress(row.getLong("matched"), row.getLong("resolved"))));
        return found;
    }

    private static BoundStatementBuilder bind(PreparedStatement statement, Bucket bucket) {
        return statement
                .boundStatementBuilder()
                .setUuid("webhook_id", bucket.webhook())
                .setUuid("stream_id", bucket.stream())
                .setInt("bucket", bucket.number())
                .setIdempotence(true);
    }
}
