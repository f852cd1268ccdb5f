package io.agentstation.benchmarks.reads;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Looks again and again at how much memory lives, each time after a full collection. */
final class LiveWatch {

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private volatile boolean watching;
    private volatile long most;
    private Thread thread = new Thread(this::look);

    void start() {
        most = 0;
        watching = true;
        thread = new Thread(this::look, "live-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        while (watching) {
            most = Math.max(most, GatewayMain.live());
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    /** Stops; the most bytes that were seen. */
    long stop() {
        watching = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this program", e);
        }
        return most;
    }
}
