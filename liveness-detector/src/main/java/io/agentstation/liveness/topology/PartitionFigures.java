package io.agentstation.liveness.topology;

import io.agentstation.liveness.detection.Census;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One partition's meters, from its first tick here until it goes to another instance. Thread-safe. */
final class PartitionFigures {

    private static final String PARTITION = "partition";

    /** How things stood when a tick was processed, and when that was. */
    private record Seen(Census census, Instant at) {}

    private final MeterRegistry meters;
    private final Clock clock;
    private final List<Meter> registered = new ArrayList<>();
    private volatile @Nullable Seen seen;

    PartitionFigures(int partition, MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        String tag = Integer.toString(partition);
        gauge("station.liveness.tick.age", tag, "seconds", this::tickAgeSeconds);
        gauge("station.liveness.stalled", tag, "", of(census -> census.clock().stalledSinceMs() == null ? 0 : 1));
        gauge("station.liveness.gateways", tag, "gateways", of(Census::gateways));
        gauge("station.liveness.agents", tag, "agents", of(Census::agents));
        gauge("station.liveness.due.index.size", tag, "agents", of(Census::armed));
        gauge("station.liveness.watched", tag, "agents", of(Census::watched));
        gauge("station.liveness.unhealthy", tag, "agents", of(Census::unhealthy));
        counter("station.liveness.stalled.time", tag, of(census -> census.stalledMs() / 1_000.0));
        counter("station.liveness.log.time", tag, of(census -> census.logMs() / 1_000.0));
    }

    void tick(Census census, Instant at) {
        seen = new Seen(census, at);
    }

    void close() {
        registered.forEach(meters::remove);
    }

    private double tickAgeSeconds(PartitionFigures self) {
        Seen newest = seen;
        return newest == null
                ? Double.NaN
                : Duration.between(newest.at, clock.instant()).toMillis() / 1_000.0;
    }

    private static ToDoubleFunction<PartitionFigures> of(ToDoubleFunction<Census> figure) {
        return self -> {
            Seen newest = self.seen;
            return newest == null ? 0 : figure.applyAsDouble(newest.census);
        };
    }

    private void gauge(String name, String partition, String unit, ToDoubleFunction<PartitionFigures> value) {
        registered.add(Gauge.builder(name, this, value)
                .tag(PARTITION, partition)
                .baseUnit(unit)
                .register(meters));
    }

    private void counter(String name, String partition, ToDoubleFunction<PartitionFigures> value) {
        registered.add(FunctionCounter.builder(name, this, value)
                .tag(PARTITION, partition)
                .baseUnit("seconds")
                .register(meters));
    }
}
