package io.agentstation.store.writes;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.agentstation.store.session.Store;
import java.util.List;
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

    private final Store store;
    private final Gathering<K, Row> gathering = new Gathering<>(MOST_UNDER_WAY);

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
        gathering.add(partition, new Row(row, variableBytes, done));
        next(partition);
        return done;
    }

    private void next(K key) {
        RowBatch batch = new RowBatch();
        List<Row> rows = gathering.next(key, row -> {
            batch.add(row.statement(), row.variableBytes());
            return !batch.isFull();
        });
        if (!rows.isEmpty()) {
            Gathering.whenAnswered(store.executeAsync(batch.statement()), (written, failure) -> {
                gathering.ended(key);
                rows.forEach(row -> tell(row, failure));
                next(key);
            });
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
