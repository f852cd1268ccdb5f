package io.agentstation.store.rollups;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.Retention;
import io.agentstation.store.session.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One table of windows, keyed by (agent, bucket) and the window's start; a row expires when it has been kept for long enough
 * since its record was appended.
 *
 * <p>Rows are written at the place of their record in the log, so that of several records of one window the newest stays,
 * in whatever order and however often they are written.
 */
final class WindowTable {

    /** Rows of a page: a row of metrics may have 10 kB. */
    private static final int PAGE = 250;
    /** The broker's clock may run before ours. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final Store store;
    private final Buckets buckets;
    private final Duration kept;
    private final InstantSource clock;
    private final PreparedStatement write;
    private final PreparedStatement read;

    /**
     * A table by its two statements.
     *
     * @param write names {@code agent_id}, the bucket's column, {@code window_start}, {@code clock} and {@code ttl}
     * @param read  names {@code agent_id}, the bucket's column, {@code from_time} and {@code to_time}; oldest first
     */
    WindowTable(Store store, String write, String read, Buckets buckets, Duration kept, InstantSource clock) {
        this.store = store;
        this.buckets = buckets;
        this.kept = kept;
        this.clock = clock;
        this.write = store.prepare(write);
        this.read = store.prepare(read);
    }

    /** A statement that writes the window; its other columns are still to be set. */
    BoundStatement row(AgentId agent, Instant windowStart, LogPlace place) {
        return buckets.bind(write.bind(), buckets.of(windowStart))
                .setUuid("agent_id", agent.value())
                .setInstant("window_start", windowStart)
                .setLong("clock", place.microseconds())
                .setInt("ttl", Retention.secondsLeft(kept, place.appendTime(), clock.instant()))
                .setIdempotent(true);
    }

    CompletionStage<?> write(BoundStatement row) {
        return store.executeAsync(row);
    }

    /** Shows the rows from {@code from} (inclusive) to {@code to} (exclusive), oldest first; no older than is kept. */
    CompletionStage<Void> read(AgentId agent, Instant from, Instant to, Consumer<Row> reader) {
        Instant now = clock.instant();
        Instant first = max(from, now.minus(kept).minus(AHEAD));
        Instant end = to.isBefore(now.plus(AHEAD)) ? to : now.plus(AHEAD);
        return first.isBefore(end)
                ? walk(new Range(agent, first, end), buckets.of(first), reader)
                : CompletableFuture.completedStage(null);
    }

    private record Range(AgentId agent, Instant from, Instant to) {}

    private CompletionStage<Void> walk(Range range, LocalDate bucket, Consumer<Row> reader) {
        if (bucket.isAfter(buckets.of(range.to))) {
            return CompletableFuture.completedStage(null);
        }
        return store.executeAsync(buckets.bind(read.bind(), bucket)
                        .setUuid("agent_id", range.agent.value())
                        .setInstant("from_time", range.from)
                        .setInstant("to_time", range.to)
                        .setPageSize(PAGE)
                        .setIdempotent(true))
                .thenCompose(page -> pages(page, reader))
                .thenCompose(done -> walk(range, buckets.after(bucket), reader));
    }

    private CompletionStage<Void> pages(AsyncResultSet page, Consumer<Row> reader) {
        page.currentPage().forEach(reader);
        return page.hasMorePages()
                ? store.nextPage(page).thenCompose(next -> pages(next, reader))
                : CompletableFuture.completedStage(null);
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
