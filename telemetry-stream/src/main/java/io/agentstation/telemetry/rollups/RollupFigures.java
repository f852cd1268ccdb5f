package io.agentstation.telemetry.rollups;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the roll-ups leave out, as metrics. Thread-safe. */
public final class RollupFigures {

    private final Counter unreadable;
    private final Counter leftOut;

    public RollupFigures(MeterRegistry registry) {
        this.unreadable = Counter.builder("station.telemetry.rollups.unreadable")
                .description("Records of agent.metrics that are no reports; the writer puts them aside")
                .register(registry);
        this.leftOut = Counter.builder("station.telemetry.rollups.left.out")
                .description("Numeric custom metrics that were not rolled up: too many, or no usable name or number")
                .register(registry);
    }

    void unreadable() {
        unreadable.increment();
    }

    void leftOut(int values) {
        leftOut.increment(values);
    }
}
