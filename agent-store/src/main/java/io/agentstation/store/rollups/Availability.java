package io.agentstation.store.rollups;

import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Table {@code availability_hours}: how much of each hour an agent was heard. Of several records of an hour the newest in the
 * log stays, in whatever order and however often they are written. Thread-safe.
 */
public final class Availability {

    private static final String WRITE = """
            INSERT INTO availability_hours (agent_id, month, window_start, expected, heard, watched_ms, stalled_ms)
            VALUES (:agent_id, :month, :window_start, :expected, :heard, :watched_ms, :stalled_ms)
            USING TIMESTAMP :clock AND TTL :ttl""";

    private static final String READ = """
            SELECT window_start, expected, heard, watched_ms, stalled_ms FROM availability_hours
            WHERE agent_id = :agent_id AND month = :month AND window_start >= :from_time AND window_start < :to_time
            ORDER BY window_start ASC""";

    private final WindowTable hours;

    /**
     * The table of the store's keyspace.
     *
     * @param clock says how old a record is when it is written, and up to when hours can be read
     */
    public Availability(Store store, InstantSource clock) {
        this.hours = new WindowTable(
                store, WRITE, READ, Buckets.MONTHS, store.retention().hours(), clock);
    }

    /** Stores one hour as it was at this place of the log. */
    public CompletionStage<?> write(AgentId agent, AvailabilityHour hour, LogPlace place) {
        return hours.write(hours.row(agent, hour.hourStart(), place)
                .setLong("expected", hour.expected())
                .setLong("heard", hour.heard())
                .setLong("watched_ms", hour.watchedMs())
                .setLong("stalled_ms", hour.stalledMs()));
    }

    /**
     * The hours that start at or after {@code from} and before {@code to}, oldest first; hours in which the agent was not
     * watched are left out.
     */
    public CompletionStage<List<AvailabilityHour>> read(AgentId agent, Instant from, Instant to) {
        List<AvailabilityHour> found = new ArrayList<>();
        return hours.read(agent, from, to, row -> found.add(hour(row))).thenApply(done -> List.copyOf(found));
    }

    private static AvailabilityHour hour(Row row) {
        return new AvailabilityHour(
                row.get("window_start", Instant.class),
                row.getLong("expected"),
                row.getLong("heard"),
                row.getLong("watched_ms"),
                row.getLong("stalled_ms"));
    }
}
