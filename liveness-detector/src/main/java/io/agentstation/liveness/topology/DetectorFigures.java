package io.agentstation.liveness.topology;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.liveness.detection.Census;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the detector has seen since it started, as meters; for health and people, never for a decision. Their names and
 * meaning are in docs/liveness-metrics.md. Thread-safe.
 */
public final class DetectorFigures {

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<HeartbeatMode, Counter> heartbeats = new EnumMap<>(HeartbeatMode.class);
    private final Map<Topic, Counter> poison = new ConcurrentHashMap<>();
    private final Map<Integer, PartitionFigures> partitions = new ConcurrentHashMap<>();
    private final Counter ignoredTicks;
    private final Counter unhealthy;
    private final Timer tickLag;
    private final Timer decisionDelay;
    private final AtomicReference<@Nullable Instant> lastTick = new AtomicReference<>();

    /** Figures in this registry; the clock tells how old things are. */
    public DetectorFigures(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        for (HeartbeatMode mode : HeartbeatMode.values()) {
            heartbeats.put(mode, meters.counter("station.liveness.heartbeats", "mode", mode.name()));
        }
        this.ignoredTicks = meters.counter("station.liveness.ticks.ignored");
        this.unhealthy = meters.counter("station.liveness.unhealthy.events");
        this.tickLag = timer("station.liveness.tick.lag");
        this.decisionDelay = timer("station.liveness.decision.delay");
    }

    /** How long ago a valid tick was processed, by the wall clock; empty before the first. */
    public Optional<Duration> sinceLastTick() {
        return Optional.ofNullable(lastTick.get()).map(at -> Duration.between(at, clock.instant()));
    }

    void heartbeat(HeartbeatMode mode) {
        Counter counter = heartbeats.get(mode);
        if (counter != null) {
            counter.increment();
        }
    }

    void ignoredTick() {
        ignoredTicks.increment();
    }

    void poison(Topic topic) {
        poison.computeIfAbsent(topic, of -> meters.counter("station.liveness.poison", "topic", of.topicName()))
                .increment();
    }

    /** An agent was called unhealthy, so long after its deadline by the log. */
    void unhealthy(Duration afterDeadline) {
        unhealthy.increment();
        decisionDelay.record(afterDeadline);
    }

    /** A valid tick was processed, after which things stand so. */
    void tick(int partition, Census census, long appendTimeMs) {
        Instant now = clock.instant();
        lastTick.set(now);
        tickLag.record(Duration.between(Instant.ofEpochMilli(appendTimeMs), now));
        partitions
                .computeIfAbsent(partition, number -> new PartitionFigures(number, meters, clock))
                .tick(census, now);
    }

    /** The partition is no longer this instance's. */
    void left(int partition) {
        PartitionFigures figures = partitions.remove(partition);
        if (figures != null) {
            figures.close();
        }
    }

    private Timer timer(String name) {
        return Timer.builder(name)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(meters);
    }
}
