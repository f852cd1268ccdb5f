package io.agentstation.store.session;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of one statement, one page of the driver's after another. */
public final class ResultBatches<T> implements Batches<T> {

    private final Store store;
    private final Statement<?> statement;
    private final Function<Row, T> mapper;
    private @Nullable AsyncResultSet page;
    private long bytes;

    /** The rows of a statement, which says how large a page is; nothing is executed yet. */
    public ResultBatches(Store store, Statement<?> statement, Function<Row, T> mapper) {
        this.store = store;
        this.statement = statement;
        this.mapper = mapper;
    }

    @Override
    public CompletionStage<List<T>> next() {
        AsyncResultSet before = page;
        if (before == null) {
            return store.executeAsync(statement).thenCompose(this::take);
        }
        return before.hasMorePages()
                ? store.nextPage(before).thenCompose(this::take)
                : CompletableFuture.completedStage(List.of());
    }

    // Cassandra may answer a page without rows although more follow.
    private CompletionStage<List<T>> take(AsyncResultSet answered) {
        page = answered;
        List<T> rows = new ArrayList<>();
        for (Row row : answered.currentPage()) {
            bytes += size(row);
            rows.add(mapper.apply(row));
        }
        return rows.isEmpty() ? next() : CompletableFuture.completedStage(rows);
    }

    // The driver knows the size of a response only with some versions of the protocol.
    private static long size(Row row) {
        long size = 0;
        for (int column = 0; column < row.size(); column++) {
            ByteBuffer value = row.getBytesUnsafe(column);
            size += value == null ? 0 : value.remaining();
        }
        return size;
    }

    /** How many bytes the values had that Cassandra has sent so far. */
    public long bytes() {
        return bytes;
    }
}
