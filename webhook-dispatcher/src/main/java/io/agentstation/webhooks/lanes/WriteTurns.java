package io.agentstation.webhooks.lanes;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The writes of one lane that nobody waits for at once. Guarded by the lane, which ends when one of them fails.
 */
final class WriteTurns {

    private final Consumer<Throwable> failed;
    private CompletableFuture<?> all = CompletableFuture.completedFuture(null);
    private int begun;

    WriteTurns(Consumer<Throwable> failed) {
        this.failed = failed;
    }

    /**
     * Writes after all that was begun before: what says that a message was taken must never be there before the messages
     * before it.
     */
    CompletableFuture<?> next(Supplier<CompletableFuture<?>> write) {
        return beside(all.thenCompose(nothing -> write.get()));
    }

    /** Counts in a write that waits for no other. */
    CompletableFuture<?> beside(CompletableFuture<?> write) {
        begun++;
        all = CompletableFuture.allOf(all, write);
        return write.whenComplete((nothing, failure) -> {
            if (failure != null) {
                failed.accept(failure);
            }
        });
    }

    /** Completes when all that was begun so far has ended. */
    CompletableFuture<?> all() {
        return all;
    }

    /** How many were begun. */
    int begun() {
        return begun;
    }
}
