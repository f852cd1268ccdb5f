package io.agentstation.gateway.lifecycle;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.session.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Reads an agent's row until the projection has caught up with an event, so that a client reads its own writes. */
public final class CaughtUpRows {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_READS = Duration.ofMillis(20);

    private final Function<AgentId, CompletionStage<Optional<AgentRow>>> rows;
    private final LongSupplier nanoTime;

    CaughtUpRows(Function<AgentId, CompletionStage<Optional<AgentRow>>> rows, LongSupplier nanoTime) {
        this.rows = rows;
        this.nanoTime = nanoTime;
    }

    /** The row with this event in it, or as it is after a second. */
    public CompletableFuture<Optional<AgentRow>> read(AgentId agent, long sequence) {
        return read(agent, row -> row.sequence() >= sequence);
    }

    /** The row as wanted, or as it is after a second. */
    public CompletableFuture<Optional<AgentRow>> read(AgentId agent, Predicate<AgentRow> wanted) {
        return read(agent, wanted, nanoTime.getAsLong() + PATIENCE.toNanos());
    }

    private CompletableFuture<Optional<AgentRow>> read(AgentId agent, Predicate<AgentRow> wanted, long giveUp) {
        return rows.apply(agent).toCompletableFuture().thenCompose(row -> {
            boolean caughtUp = row.filter(wanted).isPresent();
            if (caughtUp || nanoTime.getAsLong() - giveUp >= 0) {
                return CompletableFuture.completedFuture(row);
            }
            return Deadline.current()
                    .carry(CompletableFuture.supplyAsync(() -> agent, later()))
                    .thenCompose(again -> read(again, wanted, giveUp));
        });
    }

    private static Executor later() {
        return CompletableFuture.delayedExecutor(BETWEEN_READS.toMillis(), TimeUnit.MILLISECONDS);
    }
}
