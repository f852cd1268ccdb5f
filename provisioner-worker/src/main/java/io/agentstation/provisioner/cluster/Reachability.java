package io.agentstation.provisioner.cluster;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Since when the API server has not answered any call. Thread-safe. */
final class Reachability {

    private final Clock clock;
    private final AtomicReference<@Nullable Instant> silentSince = new AtomicReference<>();

    Reachability(Clock clock) {
        this.clock = clock;
    }

    /** It has answered something, be it a refusal. */
    void answered() {
        silentSince.set(null);
    }

    /** It has not answered; returns since when that is so, to the second. */
    Instant silent() {
        silentSince.compareAndSet(null, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        Instant since = silentSince.get();
        // Another thread may just have been answered.
        return since != null ? since : clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
