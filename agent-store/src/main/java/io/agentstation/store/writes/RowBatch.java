package io.agentstation.store.writes;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Rows that go out in one statement; more can be added until it is sent. */
final class RowBatch {

    /** Above this many rows a batch gains nothing more. */
    static final int MOST_ROWS = 64;

    /**
     * A batch of one partition ends with the row that passes this; a single row may be as large as a Kafka record. A mutation
     * must fit into half a segment of the commit log, 8 MiB on the smallest node here.
     */
    static final int ENOUGH_BYTES = 256 * 1024;

    /** From eleven on Cassandra warns ({@code unlogged_batch_across_partitions_warn_threshold}). */
    static final int MOST_PARTITIONS = 10;

    /** From 5 KiB on Cassandra warns of batches of several partitions, from 50 KiB on it refuses them ({@code batch_size_*}). */
    static final int MOST_JOINED_BYTES = 4 * 1024;

    /** What Cassandra counts for a row here at most, without what has no bound: its cells have values, timestamps and TTL. */
    private static final int ROW_BYTES = 200;

    private final List<BatchableStatement<?>> rows = new ArrayList<>();
    private int partitions = 1;
    private int bytes;

    void add(BoundStatement row, int variableBytes) {
        rows.add(row);
        bytes += ROW_BYTES + variableBytes;
    }

    boolean isFull() {
        return rows.size() == MOST_ROWS || bytes >= ENOUGH_BYTES;
    }

    /** Whether rows of further partitions go with these. */
    boolean takes(RowBatch further) {
        return partitions + further.partitions <= MOST_PARTITIONS && bytes + further.bytes <= MOST_JOINED_BYTES;
    }

    void join(RowBatch further) {
        rows.addAll(further.rows);
        partitions += further.partitions;
        bytes += further.bytes;
    }

    int rows() {
        return rows.size();
    }

    BatchableStatement<?> first() {
        return rows.get(0);
    }

    Statement<?> statement() {
        return rows.size() == 1
                ? rows.get(0)
                : BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows).setIdempotent(true);
    }
}
