package io.agentstation.telemetry.availability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What availability passes over, as metrics. Thread-safe. */
public final class AvailabilityFigures {

    private final Counter unreadable;
    private final Counter ignoredTicks;

    public AvailabilityFigures(MeterRegistry registry) {
        this.unreadable = Counter.builder("station.telemetry.availability.unreadable")
                .description("Records that are neither heartbeats nor events; the writers put them aside")
                .register(registry);
        this.ignoredTicks = Counter.builder("station.telemetry.availability.ticks.ignored")
                .description("Ticks without a valid code, for another partition, or read before")
                .register(registry);
    }

    void unreadable() {
        unreadable.increment();
    }

    void ignoredTick() {
        ignoredTicks.increment();
    }
}
