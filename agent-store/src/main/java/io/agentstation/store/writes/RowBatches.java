package io.agentstation.store.writes;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.agentstation.store.session.ReplicaSets;
import io.agentstation.store.session.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Puts rows into unlogged batches, since most of what a write costs is the request.
 *
 * <p>Rows of one partition go together first: Cassandra merges them into a single mutation, which is written or not as a
 * whole, and which its limits for batches do not count (CASSANDRA-10876). What is small after that is joined with other
 * partitions that lie on the same nodes, so that the coordinator sends nothing further than a single write would go; such a batch
 * is written in parts, stays below the limits from which Cassandra warns of batches, and can be repeated.
 *
 * @param <T> a row
 */
public final class RowBatches<T> {

    private final Store store;
    private final Function<T, BoundStatement> bind;
    private final Function<T, ?> partition;
    private final ToIntFunction<BoundStatement> variableBytes;
    private final ReplicaSets replicas;

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
        this.replicas = new ReplicaSets(store);
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
        join(open.values(), full);
        return full.stream()
                .map(batch -> new RowsWrite(batch.rows(), () -> store.executeAsync(batch.statement())))
                .toList();
    }

    /** Joins partitions of the same nodes; of whose nodes nothing is known goes alone. */
    private void join(Iterable<RowBatch> partitions, List<RowBatch> joined) {
        Map<Set<UUID>, RowBatch> open = new HashMap<>();
        for (RowBatch next : partitions) {
            Optional<Set<UUID>> nodes = replicas.of(next.first());
            if (nodes.isEmpty()) {
                joined.add(next);
                continue;
            }
            RowBatch current = open.get(nodes.get());
            if (current != null && current.takes(next)) {
                current.join(next);
            } else {
                open.put(nodes.get(), next);
                joined.add(next);
            }
        }
    }
}
