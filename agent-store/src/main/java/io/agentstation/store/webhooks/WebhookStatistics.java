package io.agentstation.store.webhooks;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Table {@code webhook_hours}: each dispatcher writes its own sums of an hour over and over as they grow, so that writing
 * twice counts once; readers add the dispatchers up.
 */
public final class WebhookStatistics {

    private static final String WRITE = """
            INSERT INTO webhook_hours (webhook_id, day, hour, writer, attempts, delivered, failed, latency_ms, slowest_ms)
            VALUES (:webhook_id, :day, :hour, :writer, :attempts, :delivered, :failed, :latency_ms, :slowest_ms)""";

    private final Store store;
    private final PreparedStatement write;
    private final PreparedStatement read;

    public WebhookStatistics(Store store) {
        this.store = store;
        this.write = store.prepare(WRITE);
        this.read = store.prepare("SELECT * FROM webhook_hours WHERE webhook_id = :webhook_id AND day = :day");
    }

    /** Writes what this dispatcher has counted in an hour so far. */
    public CompletionStage<?> write(UUID webhook, UUID writer, HourSums sums) {
        return store.executeAsync(key(write, webhook, dayOf(sums.hour()))
                .setInstant("hour", sums.hour())
                .setUuid("writer", writer)
                .setLong("attempts", sums.attempts())
                .setLong("delivered", sums.delivered())
                .setLong("failed", sums.failed())
                .setLong("latency_ms", sums.latencyMs())
                .setLong("slowest_ms", sums.slowestMs())
                .setIdempotent(true));
    }

    /** The hours since this one in which there were attempts, newest first; waits. */
    public Collection<HourSums> since(UUID webhook, Instant hour, Instant now) {
        SortedMap<Instant, HourSums> hours = new TreeMap<>(Comparator.reverseOrder());
        for (LocalDate day = dayOf(hour); !day.isAfter(dayOf(now)); day = day.plusDays(1)) {
            for (HourSums sums : store.rows(key(read, webhook, day).setIdempotent(true), WebhookStatistics::read)) {
                if (!sums.hour().isBefore(hour)) {
                    hours.merge(sums.hour(), sums, HourSums::plus);
                }
            }
        }
        return hours.values();
    }

    private static LocalDate dayOf(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static BoundStatement key(PreparedStatement statement, UUID webhook, LocalDate day) {
        return statement.bind().setUuid("webhook_id", webhook).setLocalDate("day", day);
    }

    private static HourSums read(Row row) {
        return new HourSums(
                row.get("hour", Instant.class),
                row.getLong("attempts"),
                row.getLong("delivered"),
                row.getLong("failed"),
                row.getLong("latency_ms"),
                row.getLong("slowest_ms"));
    }
}
