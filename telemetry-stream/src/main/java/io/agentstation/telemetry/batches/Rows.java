package io.agentstation.telemetry.batches;

import java.util.List;

/** What the messages of one topic become in Cassandra. */
@FunctionalInterface
public interface Rows<M> {

    /**
     * The writes of a batch, step by step: a step begins when every write of the one before is acknowledged, and its own
     * writes go out side by side. The whole can be repeated.
     */
    List<List<Write>> of(List<LogRecord<M>> batch);
}
