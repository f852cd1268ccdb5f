package io.agentstation.liveness.topology;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the detector has seen since it started, all partitions together; for health and metrics, never for a decision.
 * Thread-safe.
 */
public final class DetectorFigures {

    private final Clock clock;
    private final LongAdder heartbeats = new LongAdder();
    private final LongAdder ignoredTicks = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private final AtomicReference<@Nullable Instant> lastTick = new AtomicReference<>();

    public DetectorFigures(Clock clock) {
        this.clock = clock;
    }

    /** Well-formed heartbeats. */
    public long heartbeats() {
        return heartbeats.sum();
    }

    /** Ticks that were forged, copied, or in a partition that is not theirs. */
    public long ignoredTicks() {
        return ignoredTicks.sum();
    }

    /** Records that were put aside as poison. */
    public long deadLetters() {
        return deadLetters.sum();
    }

    /** How long ago a valid tick was processed, by the wall clock; empty before the first. */
    public Optional<Duration> sinceLastTick() {
        return Optional.ofNullable(lastTick.get()).map(at -> Duration.between(at, clock.instant()));
    }

    void heartbeat() {
        heartbeats.increment();
    }

    void ignoredTick() {
        ignoredTicks.increment();
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void tick() {
        lastTick.set(clock.instant());
    }
}
