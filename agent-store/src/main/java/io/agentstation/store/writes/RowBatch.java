package io.agentstation.store.writes;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Rows of one partition that go out in one statement; more can be added until it is full. */
final class RowBatch {

    /** Above this many rows a batch gains nothing more. */
    static final int MOST_ROWS = 64;

    /** A batch ends with the row that passes this; a single row may be as large as a Kafka record. */
    static final int ENOUGH_BYTES = 256 * 1024;

    private final List<BatchableStatement<?>> rows = new ArrayList<>();
    private int bytes;

    void add(BoundStatement row, int variableBytes) {
        rows.add(row);
        bytes += variableBytes;
    }

    boolean isFull() {
        return rows.size() == MOST_ROWS || bytes >= ENOUGH_BYTES;
    }

    int rows() {
        return rows.size();
    }

    Statement<?> statement() {
        return rows.size() == 1
                ? rows.get(0)
                : BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows).setIdempotent(true);
    }
}
