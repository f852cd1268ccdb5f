package io.agentstation.store.reports;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.ResultBatches;
import io.agentstation.store.session.Store;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** The reads of a table that is partitioned by (agent, day) and ordered by (append time, offset), newest first. */
final class ReportTable<T> {

    private static final String SLICE = """
            AND (append_time, record_offset) >= (:from_time, 0)
            AND (append_time, record_offset) < (:end_time, :end_offset)""";
    private static final String DAY = """
            SELECT * FROM %s WHERE agent_id = :agent_id AND day = :day
            %s LIMIT :most""";
    private static final String DAYS = """
            SELECT day FROM %s WHERE agent_id = :agent_id AND day IN :days
            %s PER PARTITION LIMIT 1""";
    private static final String COUNT = """
            SELECT COUNT(*) FROM %s WHERE agent_id = :agent_id AND day = :day
            %s""";

    private final Store store;
    private final BiFunction<AgentId, Row, T> mapper;
    private final int batch;
    private final PreparedStatement day;
    private final PreparedStatement days;
    private final PreparedStatement count;

    /**
     * The reads of a table.
     *
     * @param batch rows that are read, and held, at a time
     */
    ReportTable(Store store, String table, int batch, BiFunction<AgentId, Row, T> mapper) {
        this.store = store;
        this.mapper = mapper;
        this.batch = batch;
        this.day = store.prepare(DAY.formatted(table, SLICE));
        this.days = store.prepare(DAYS.formatted(table, SLICE));
        this.count = store.prepare(COUNT.formatted(table, SLICE));
    }

    /** The rows of a slice that lie in a day, newest first; nothing is read yet. */
    ResultBatches<T> day(AgentId agent, LocalDate date, ReportSlice slice, int most) {
        BoundStatement rows = bind(day, agent, slice)
                .setLocalDate("day", date)
                .setInt("most", most)
                .setPageSize(Math.min(batch, most));
        return new ResultBatches<>(store, rows, row -> mapper.apply(agent, row));
    }

    /** Those of the days in which the slice has rows, newest first. */
    CompletionStage<List<LocalDate>> daysWithRows(AgentId agent, List<LocalDate> dates, ReportSlice slice) {
        List<LocalDate> found = new ArrayList<>();
        return store.executeAsync(bind(days, agent, slice).setList("days", dates, LocalDate.class))
                .thenCompose(rows -> dates(rows, found))
                .thenApply(
                        done -> found.stream().sorted(Comparator.reverseOrder()).toList());
    }

    private CompletionStage<?> dates(AsyncResultSet rows, List<LocalDate> found) {
        rows.currentPage().forEach(row -> found.add(row.get("day", LocalDate.class)));
        return rows.hasMorePages()
                ? store.nextPage(rows).thenCompose(next -> dates(next, found))
                : CompletableFuture.completedStage(found);
    }

    /** How many rows of a slice lie in a day. */
    CompletionStage<Long> count(AgentId agent, LocalDate date, ReportSlice slice) {
        return store.executeAsync(bind(count, agent, slice).setLocalDate("day", date))
                .thenApply(rows -> Objects.requireNonNull(rows.one(), "COUNT answers one row")
                        .getLong(0));
    }

    private static BoundStatement bind(PreparedStatement statement, AgentId agent, ReportSlice slice) {
        return statement
                .bind()
                .setUuid("agent_id", agent.value())
                .setInstant("from_time", slice.from())
                .setInstant("end_time", slice.end().appendTime())
                .setLong("end_offset", slice.end().offset())
                .setIdempotent(true);
    }
}
