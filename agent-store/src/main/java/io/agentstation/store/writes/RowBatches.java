package io.agentstation.store.writes;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.agentstation.store.session.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
public final class RowBatches<T> {

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
    public RowBatches(
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
    public List<RowsWrite> of(List<T> rows) {
        Map<Object, RowBatch> open = new LinkedHashMap<>();
        List<RowBatch> full = new ArrayList<>();
        for (T row : rows) {
            Object key = partition.apply(row);
            RowBatch batch = open.computeIfAbsent(key, ignored -> new RowBatch());
            BoundStatement bound = bind.apply(row);
            batch.add(bound, variableBytes.applyAsInt(bound));
            if (batch.isFull()) {
                full.add(batch);
                open.remove(key);
            }
        }
        full.addAll(open.values());
        return full.stream()
                .map(batch -> new RowsWrite(batch.rows(), () -> store.executeAsync(batch.statement())))
                .toList();
    }
}
