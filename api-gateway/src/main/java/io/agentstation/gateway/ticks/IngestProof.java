package io.agentstation.gateway.ticks;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether heartbeats certainly get in here: it holds while, within the last second, a probe was acknowledged and no
 * heartbeat was refused for a reason of this gateway's own (design, section 4). Thread-safe.
 */
final class IngestProof {

    static final Duration FRESH = Duration.ofSeconds(1);

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
        return isFresh(acknowledgedAt) && !isFresh(refusedAt);
    }

    private boolean isFresh(@Nullable Long moment) {
        return moment != null && nanoTime.getAsLong() - moment < FRESH.toNanos();
    }
}
