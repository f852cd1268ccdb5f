package io.agentstation.telemetry.batches;

import io.agentstation.store.writes.RowsWrite;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One idempotent write that has not been started yet.
 *
 * @param table into which it writes
 * @param rows  how many rows
 * @param start starts it; the stage completes when the store has acknowledged it
 */
public record Write(String table, int rows, Supplier<CompletionStage<?>> start) {

    /** A write of a single row. */
    public static Write of(String table, Supplier<CompletionStage<?>> start) {
        return new Write(table, 1, start);
    }

    /** A write of some rows of the table. */
    public static Write of(String table, RowsWrite rows) {
        return new Write(table, rows.rows(), rows.start());
    }
}
