package io.agentstation.store.reports;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads the newest rows of a table partitioned by (agent, day): day by day back, until enough are found or no older row is kept. */
final class LatestByDay {

    private final Store store;
    private final PreparedStatement day;
    private final Duration kept;

    LatestByDay(Store store, String table, Duration kept) {
        this.store = store;
        this.kept = kept;
        this.day = store.prepare("SELECT * FROM " + table + " WHERE agent_id = :agent_id AND day = :day LIMIT :most");
    }

    <T> CompletionStage<List<T>> read(AgentId agent, Instant now, int most, Function<Row, T> mapper) {
        // A day ahead: the broker's clock may run before ours across midnight.
        LocalDate newest = ReportDay.dayOf(now).plusDays(1);
        return from(agent, newest, ReportDay.dayOf(now.minus(kept)), most, mapper, new ArrayList<>());
    }

    private <T> CompletionStage<List<T>> from(
            AgentId agent, LocalDate from, LocalDate oldest, int most, Function<Row, T> mapper, List<T> found) {
        if (found.size() >= most || from.isBefore(oldest)) {
            return CompletableFuture.completedStage(List.copyOf(found));
        }
        return store.executeAsync(day.bind()
                        .setUuid("agent_id", agent.value())
                        .setLocalDate("day", from)
                        .setInt("most", most - found.size())
                        .setIdempotent(true))
                .thenCompose(rows -> collect(rows, mapper, found))
                .thenCompose(rows -> from(agent, from.minusDays(1), oldest, most, mapper, found));
    }

    private <T> CompletionStage<List<T>> collect(AsyncResultSet rows, Function<Row, T> mapper, List<T> found) {
        rows.currentPage().forEach(row -> found.add(mapper.apply(row)));
        return rows.hasMorePages()
                ? store.nextPage(rows).thenCompose(next -> collect(next, mapper, found))
                : CompletableFuture.completedStage(found);
    }
}
