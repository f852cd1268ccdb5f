package io.agentstation.liveness.topology;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often a process may ask for a commit out of turn: forty times a second, whichever of its partitions asks. One for each
 * topology; thread-safe.
 */
final class CommitPace {

    static final Duration PACE = Duration.ofMillis(25);

    private final LongSupplier nanos;
    private final AtomicLong lastNanos;

    CommitPace(LongSupplier nanos) {
        this.nanos = nanos;
        this.lastNanos = new AtomicLong(nanos.getAsLong() - PACE.toNanos());
    }

    /** Whether one may be asked for now; then the next only after the pace. */
    boolean take() {
        long now = nanos.getAsLong();
        long last = lastNanos.get();
        return now - last >= PACE.toNanos() && lastNanos.compareAndSet(last, now);
    }
}
