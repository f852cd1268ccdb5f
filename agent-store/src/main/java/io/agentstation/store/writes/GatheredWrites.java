package io.agentstation.store.writes;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.agentstation.store.session.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows that come one by one and not by the poll. A row goes out at once while its partition is quiet; while two
 * statements of a partition are under way the rows that come gather, and go out in one statement when one of the two has
 * ended: nothing is delayed on purpose, and what is busy costs a fraction of single inserts.
 *
 * @param <K> a partition's key
 */
public final class GatheredWrites<K> {

    private static final int MOST_UNDER_WAY = 2;

    private record Row(BoundStatement statement, int variableBytes, CompletableFuture<Void> done) {}

    private static final class Partition {
        private final Deque<Row> gathered = new ArrayDeque<>();
        private int underWay;
    }

    private final Store store;
    private final Map<K, Partition> partitions = new HashMap<>();

    public GatheredWrites(Store store) {
        this.store = store;
    }

    /**
     * Writes a row, which can be repeated; fails as {@link Store#executeAsync} does, for all rows of a statement alike.
     *
     * @param variableBytes the length of what has no bound in the row
     */
    public CompletionStage<Void> write(K partition, BoundStatement row, int variableBytes) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            partitions
                    .computeIfAbsent(partition, key -> new Partition())
                    .gathered
                    .add(new Row(row, variableBytes, done));
        }
        next(partition);
        return done;
    }

    private void next(K key) {
        RowBatch batch = new RowBatch();
        List<Row> rows = taken(key, batch);
        if (!rows.isEmpty()) {
            var unused = store.executeAsync(batch.statement()).whenComplete((written, failure) -> {
                ended(key);
                rows.forEach(row -> tell(row, failure));
                next(key);
            });
        }
    }

    private synchronized List<Row> taken(K key, RowBatch batch) {
        List<Row> rows = new ArrayList<>();
        Partition partition = partitions.get(key);
        if (partition == null || partition.underWay >= MOST_UNDER_WAY) {
            return rows;
        }
        while (!partition.gathered.isEmpty() && !batch.isFull()) {
            Row row = partition.gathered.remove();
            batch.add(row.statement(), row.variableBytes());
            rows.add(row);
        }
        partition.underWay += rows.isEmpty() ? 0 : 1;
        return rows;
    }

    private synchronized void ended(K key) {
        Partition partition = partitions.get(key);
        if (partition != null && --partition.underWay == 0 && partition.gathered.isEmpty()) {
            partitions.remove(key);
        }
    }

    private static void tell(Row row, @Nullable Throwable failure) {
        if (failure == null) {
            row.done().complete(null);
        } else {
            row.done().completeExceptionally(failure);
        }
    }
}
