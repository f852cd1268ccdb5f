package io.agentstation.store.session;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Rows that are read a bounded batch at a time, and none before they are asked for: whoever is slow to take them holds one
 * batch and no more. For one caller at a time.
 */
@FunctionalInterface
public interface Batches<T> {

    /**
     * The next rows in order; none after the last. Ask again when the stage has completed. A failed stage carries
     * {@link StoreUnavailable} when Cassandra did not answer.
     */
    CompletionStage<List<T>> next();
}
