package io.agentstation.store.reports;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.agentstation.store.session.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Puts the rows of one partition into one unlogged batch: Cassandra merges them into a single mutation, which is written or
 * not as a whole, costs a fraction of single inserts, and which its limits for batches do not count (CASSANDRA-10876).
 * A mutation must fit into half a segment of the commit log, 8 MiB on the smallest node here: hence the bounds.
 *
 * @param <T> a row
 */
final class RowBatches<T> {

    /** Above this many rows a batch gains nothing more. */
    static final int MOST_ROWS = 64;

    /** A batch ends with the row that passes this; a single row may be as large as a Kafka record. */
    static final int ENOUGH_BYTES = 256 * 1024;

    private final Store store;
    private final Function<T, BoundStatement> bind;
    private final Function<T, ?> partition;
    private final ToIntFunction<BoundStatement> variableBytes;

    /**
     * Batches for one table.
     *
     * @param partition     the row's partition key
     * @param variableBytes the length of what has no bound in a row
     */
    RowBatches(
            Store store,
            Function<T, BoundStatement> bind,
            Function<T, ?> partition,
            ToIntFunction<BoundStatement> variableBytes) {
        this.store = store;
        this.bind = bind;
        this.partition = partition;
        this.variableBytes = variableBytes;
    }

    /** The writes of these rows, in no order; they can be repeated. */
    List<RowsWrite> of(List<T> rows) {
        Map<Object, Open> open = new HashMap<>();
        List<RowsWrite> full = new ArrayList<>();
        for (T row : rows) {
            Object key = partition.apply(row);
            Open batch = open.computeIfAbsent(key, ignored -> new Open());
            batch.add(bind.apply(row), variableBytes);
            if (batch.isFull()) {
                full.add(write(batch));
                open.remove(key);
            }
        }
        open.values().forEach(batch -> full.add(write(batch)));
        return full;
    }

    private RowsWrite write(Open batch) {
        Statement<?> statement = batch.statement();
        return new RowsWrite(batch.rows.size(), () -> store.executeAsync(statement));
    }

    /** A batch to which rows are still added. */
    private static final class Open {

        private final List<BatchableStatement<?>> rows = new ArrayList<>();
        private int bytes;

        void add(BoundStatement row, ToIntFunction<BoundStatement> variableBytes) {
            rows.add(row);
            bytes += variableBytes.applyAsInt(row);
        }

        boolean isFull() {
            return rows.size() == MOST_ROWS || bytes >= ENOUGH_BYTES;
        }

        Statement<?> statement() {
            return rows.size() == 1
                    ? rows.get(0)
                    : BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows)
                            .setIdempotent(true);
        }
    }
}
