package io.agentstation.store.writes;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * An idempotent write of some rows of one table that has not been started yet.
 *
 * @param rows  how many
 * @param start starts it; the stage completes when Cassandra has acknowledged all of them
 */
public record RowsWrite(int rows, Supplier<CompletionStage<?>> start) {}
