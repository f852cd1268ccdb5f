package io.agentstation.liveness.topology;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Asks for a commit as soon as an event is written, so that whoever reads what is committed need not wait for the interval's
 * end; and for no more commits than one in each pace, since one costs the broker as much as hundreds of records. What is asked
 * for too soon is asked for again at the first record after the pace, or comes with the interval's commit.
 */
final class PromptCommits {

    static final Duration PACE = Duration.ofMillis(25);

    private final Runnable commit;
    private final LongSupplier nanos;
    private long lastNanos;
    private boolean wanted;

    /** @param commit asks Streams to commit soon */
    PromptCommits(Runnable commit, LongSupplier nanos) {
        this.commit = commit;
        this.nanos = nanos;
        this.lastNanos = nanos.getAsLong() - PACE.toNanos();
    }

    /** An event was written. */
    void want() {
        wanted = true;
    }

    /** To be called after each record. */
    void askIfDue() {
        if (wanted) {
            long now = nanos.getAsLong();
            if (now - lastNanos >= PACE.toNanos()) {
                lastNanos = now;
                wanted = false;
                commit.run();
            }
        }
    }
}
