package io.agentstation.store.webhooks;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.Store;
import io.agentstation.store.writes.GatheredWrites;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Table {@code webhook_deliveries}: every attempt for 30 days, by subscription and day. */
public final class DeliveryLog {

    /** For how many days attempts are kept, today included. */
    public static final int DAYS = 31;

    private static final String WRITE = """
            INSERT INTO webhook_deliveries (webhook_id, day, delivery_id, message_id, event_type, agent_id, sequence, body,
              attempt, outcome, status_code, latency_ms, answer, error, next_attempt_at)
            VALUES (:webhook_id, :day, :delivery_id, :message_id, :event_type, :agent_id, :sequence, :body,
              :attempt, :outcome, :status_code, :latency_ms, :answer, :error, :next_attempt_at)""";

    private final Store store;
    private final PreparedStatement write;
    private final PreparedStatement find;
    private final PreparedStatement before;
    private final GatheredWrites<Partition> writes;

    private record Partition(UUID webhook, LocalDate day) {}

    public DeliveryLog(Store store) {
        this.store = store;
        this.writes = new GatheredWrites<>(store);
        this.write = store.prepare(WRITE);
        this.find = store.prepare("""
                SELECT * FROM webhook_deliveries
                WHERE webhook_id = :webhook_id AND day = :day AND delivery_id = :delivery_id""");
        this.before = store.prepare("""
                SELECT * FROM webhook_deliveries
                WHERE webhook_id = :webhook_id AND day = :day AND delivery_id < :delivery_id LIMIT :most""");
    }

    /** Logs an attempt; attempts with one subscription that end while others are written are written together. */
    public CompletionStage<Void> write(DeliveryAttempt attempt) {
        Partition partition = new Partition(attempt.webhook(), dayOf(attempt.at()));
        return writes.write(
                partition,
                row(attempt, partition),
                attempt.body().length() + attempt.answer().length());
    }

    // By a builder: a bound statement copies all its values with each that is set.
    private BoundStatement row(DeliveryAttempt attempt, Partition partition) {
        AgentId agent = attempt.agent();
        BoundStatementBuilder row = write.boundStatementBuilder()
                .setUuid("webhook_id", partition.webhook())
                .setLocalDate("day", partition.day())
                .setUuid("delivery_id", attempt.id())
                .setString("message_id", attempt.messageId())
                .setString("event_type", attempt.event())
                .setUuid("agent_id", agent == null ? null : agent.value())
                .setLong("sequence", attempt.sequence())
                .setString("body", attempt.body())
                .setInt("attempt", attempt.attempt())
                .setString("outcome", attempt.outcome().name())
                .setLong("latency_ms", attempt.latencyMs())
                .setString("answer", attempt.answer())
                .setString("error", attempt.error())
                .setInstant("next_attempt_at", attempt.nextAttemptAt())
                .setIdempotence(true);
        Integer status = attempt.statusCode();
        return (status == null ? row.setToNull("status_code") : row.setInt("status_code", status)).build();
    }

    /** One attempt; waits. */
    public Optional<DeliveryAttempt> find(UUID webhook, UUID delivery) {
        return Optional.ofNullable(store.execute(one(webhook, delivery)).one()).map(row -> read(webhook, row));
    }

    /** One attempt, once it is logged. */
    public CompletionStage<Optional<DeliveryAttempt>> findAsync(UUID webhook, UUID delivery) {
        return store.executeAsync(one(webhook, delivery))
                .thenApply(rows -> Optional.ofNullable(rows.one()).map(row -> read(webhook, row)));
    }

    private BoundStatement one(UUID webhook, UUID delivery) {
        return key(find, webhook, dayOf(DeliveryAttempt.timeOf(delivery)))
                .setUuid("delivery_id", delivery)
                .setIdempotent(true);
    }

    /** The newest attempts before this one (or of all that are kept, with an id of the future), newest first; waits. */
    public List<DeliveryAttempt> before(UUID webhook, UUID delivery, Instant now, int most) {
        List<DeliveryAttempt> found = new ArrayList<>();
        Instant from = DeliveryAttempt.timeOf(delivery);
        LocalDate day = dayOf(from.isBefore(now) ? from : now);
        LocalDate oldest = dayOf(now).minusDays(DAYS);
        for (; found.size() < most && !day.isBefore(oldest); day = day.minusDays(1)) {
            store.rows(
                            key(before, webhook, day)
                                    .setUuid("delivery_id", delivery)
                                    .setInt("most", most - found.size())
                                    .setIdempotent(true),
                            row -> read(webhook, row))
                    .forEach(found::add);
        }
        return found;
    }

    private static LocalDate dayOf(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static BoundStatement key(PreparedStatement statement, UUID webhook, LocalDate day) {
        return statement.bind().setUuid("webhook_id", webhook).setLocalDate("day", day);
    }

    private static DeliveryAttempt read(UUID webhook, Row row) {
        UUID agent = row.getUuid("agent_id");
        return new DeliveryAttempt(
                webhook,
                row.get("delivery_id", UUID.class),
                row.get("message_id", String.class),
                row.get("event_type", String.class),
                agent == null ? null : new AgentId(agent),
                row.getLong("sequence"),
                row.get("body", String.class),
                row.getInt("attempt"),
                DeliveryAttempt.Outcome.valueOf(row.get("outcome", String.class)),
                row.isNull("status_code") ? null : row.getInt("status_code"),
                row.getLong("latency_ms"),
                row.get("answer", String.class),
                row.getString("error"),
                row.getInstant("next_attempt_at"));
    }
}
