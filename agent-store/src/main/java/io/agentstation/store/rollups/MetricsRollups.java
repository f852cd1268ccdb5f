package io.agentstation.store.rollups;

import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import io.agentstation.contracts.metrics.Series;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;

/**
 * Tables {@code metrics_minutes} and {@code metrics_hours}: one row a window, with all its series. Of several records of a
 * window the newest in the log stays, in whatever order and however often they are written. Thread-safe.
 */
public final class MetricsRollups {

    private static final String WRITE_MINUTES = """
            INSERT INTO metrics_minutes (agent_id, day, window_start, series)
            VALUES (:agent_id, :day, :window_start, :series)
            USING TIMESTAMP :clock AND TTL :ttl""";

    private static final String READ_MINUTES = """
            SELECT window_start, series FROM metrics_minutes
            WHERE agent_id = :agent_id AND day = :day AND window_start >= :from_time AND window_start < :to_time
            ORDER BY window_start ASC""";

    private static final String WRITE_HOURS = """
            INSERT INTO metrics_hours (agent_id, month, window_start, series)
            VALUES (:agent_id, :month, :window_start, :series)
            USING TIMESTAMP :clock AND TTL :ttl""";

    private static final String READ_HOURS = """
            SELECT window_start, series FROM metrics_hours
            WHERE agent_id = :agent_id AND month = :month AND window_start >= :from_time AND window_start < :to_time
            ORDER BY window_start ASC""";

    private static final String SERIES = "series";
    private static final ObjectReader SERIES_READER =
            Wire.mapper().readerFor(new TypeReference<TreeMap<String, Series>>() {});

    private final Map<Resolution, WindowTable> tables;

    /**
     * The tables of the store's keyspace.
     *
     * @param clock says how old a record is when it is written, and up to when windows can be read
     */
    public MetricsRollups(Store store, InstantSource clock) {
        this.tables = Map.of(
                Resolution.MINUTE,
                new WindowTable(
                        store,
                        WRITE_MINUTES,
                        READ_MINUTES,
                        Buckets.DAYS,
                        store.retention().minutes(),
                        clock),
                Resolution.HOUR,
                new WindowTable(
                        store,
                        WRITE_HOURS,
                        READ_HOURS,
                        Buckets.MONTHS,
                        store.retention().hours(),
                        clock));
    }

    /** Stores one window as it was at this place of the log. */
    public CompletionStage<?> write(AgentId agent, MetricsRollup rollup, LogPlace place) {
        WindowTable table = table(rollup.resolution());
        return table.write(
                table.row(agent, rollup.windowStart(), place).setString(SERIES, Wire.writeText(rollup.series())));
    }

    /**
     * The windows that start at or after {@code from} and before {@code to}, oldest first; windows without a report are
     * left out. All are held: for a long time, {@link #forEach} folds them one by one.
     */
    public CompletionStage<List<MetricsRollup>> read(AgentId agent, Resolution resolution, Instant from, Instant to) {
        List<MetricsRollup> found = new ArrayList<>();
        return forEach(agent, resolution, from, to, found::add).thenApply(done -> List.copyOf(found));
    }

    /**
     * Shows the same windows as {@link #read} one by one, in order, from one thread at a time, and holds a page of them at
     * most; the stage completes after the last, or fails with the first failure of the store or the reader.
     */
    public CompletionStage<Void> forEach(
            AgentId agent, Resolution resolution, Instant from, Instant to, Consumer<MetricsRollup> reader) {
        return table(resolution).read(agent, from, to, row -> reader.accept(rollup(resolution, row)));
    }

    private WindowTable table(Resolution resolution) {
        return Objects.requireNonNull(tables.get(resolution));
    }

    private static MetricsRollup rollup(Resolution resolution, Row row) {
        SortedMap<String, Series> series = SERIES_READER.readValue(row.get(SERIES, String.class));
        return new MetricsRollup(resolution, row.get("window_start", Instant.class), series);
    }
}
