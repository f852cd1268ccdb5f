package io.agentstation.telemetry.batches;

import java.util.concurrent.CompletionStage;

/** One idempotent write that has not been started yet. */
@FunctionalInterface
public interface Write {

    /** Starts it; the stage completes when the store has acknowledged it. */
    CompletionStage<?> start();
}
