package io.agentstation.gateway.ticks;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether heartbeats certainly get in here: it holds while a probe was acknowledged within the last half second and no
 * heartbeat was refused within the last second for a reason of this gateway's own (design, section 4; ADR 8 says why a probe
 * counts for less than the second of the design). Thread-safe.
 */
final class IngestProof {

    static final Duration PROBE_COUNTS_FOR = Duration.ofMillis(500);
    static final Duration REFUSAL_COUNTS_FOR = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private volatile @Nullable Long acknowledgedAt;
    private volatile @Nullable Long refusedAt;

    IngestProof(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void probeAcknowledged() {
        acknowledgedAt = nanoTime.getAsLong();
    }

    void heartbeatRefused() {
        refusedAt = nanoTime.getAsLong();
    }

    boolean holds() {
        return isWithin(PROBE_COUNTS_FOR, acknowledgedAt) && !isWithin(REFUSAL_COUNTS_FOR, refusedAt);
    }

    private boolean isWithin(Duration time, @Nullable Long moment) {
        return moment != null && nanoTime.getAsLong() - moment < time.toNanos();
    }
}
