package io.agentstation.benchmarks.webhooks;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.webhooks.WebhookBody;
import io.agentstation.store.session.Store;
import io.agentstation.store.writes.RowBatches;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A row of the log and one of progress for each delivery, in the biggest statements that rows can share. */
final class LeastRows {

    private static final int BUCKETS = 4;

    /** A delivery that was answered. */
    record Delivered(WebhookBody body, String text, long latencyMs) {}

    private final UUID webhook = UUID.randomUUID();
    private final LocalDate day = LocalDate.now(ZoneOffset.UTC);
    private final PreparedStatement attempt;
    private final PreparedStatement progress;
    private final RowBatches<Delivered> log;
    private final RowBatches<Delivered> lanes;

    LeastRows(Store store) {
        this.attempt = store.prepare("""
                INSERT INTO webhook_deliveries (webhook_id, day, delivery_id, message_id, event_type, agent_id, sequence, body,
                  attempt, outcome, status_code, latency_ms, answer, error, next_attempt_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 'DELIVERED', 204, ?, '', null, null)""");
        this.progress = store.prepare("""
                INSERT INTO webhook_progress (webhook_id, stream_id, bucket, agent_id, matched, resolved)
                VALUES (:webhook, :stream, :bucket, :agent, :sequence, :sequence) USING TIMESTAMP :sequence""");
        this.log = new RowBatches<>(store, this::attempt, delivered -> day, row -> 500);
        this.lanes = new RowBatches<>(store, this::progress, LeastRows::bucket, row -> 0);
    }

    /** Writes what was delivered. */
    CompletableFuture<?> write(List<Delivered> delivered) {
        return CompletableFuture.allOf(Stream.of(log, lanes)
                .flatMap(table -> table.of(delivered).stream())
                .map(rows -> rows.start().get().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private static int bucket(Delivered delivered) {
        return Partitions.of(delivered.body().agentUuid(), BUCKETS);
    }

    private BoundStatement attempt(Delivered delivered) {
        WebhookBody body = delivered.body();
        return attempt.bind()
                .setUuid(0, webhook)
                .setLocalDate(1, day)
                .setUuid(2, DispatcherRig.id())
                .setString(3, body.id().toString())
                .setString(4, body.event())
                .setUuid(5, body.agentUuid().value())
                .setLong(6, body.sequence())
                .setString(7, delivered.text())
                .setLong(8, delivered.latencyMs())
                .setIdempotent(true);
    }

    private BoundStatement progress(Delivered delivered) {
        return progress.bind()
                .setUuid("webhook", webhook)
                .setUuid("stream", new UUID(0, 0))
                .setInt("bucket", bucket(delivered))
                .setUuid("agent", delivered.body().agentUuid().value())
                .setLong("sequence", delivered.body().sequence())
                .setIdempotent(true);
    }
}
