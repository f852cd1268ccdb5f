package io.agentstation.benchmarks.telemetry;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * What the writer stores in a second while reports go on arriving. On one machine that is less than what it stores of a backlog:
 * whoever sends the reports, and the broker that takes them, want the same processors.
 */
final class Sustained {

    private static final Duration SETTLING = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Writer writer;
    private final Load load;

    Sustained(Writer writer, Load load) {
        this.writer = writer;
        this.load = load;
    }

    /** Sends so many heartbeats a second, more than can be stored; returns when all of them have been. */
    double measure(double perSecond) throws IOException, InterruptedException {
        long first = writer.rows(Kind.HEARTBEATS);
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Long> sent =
                CompletableFuture.supplyAsync(() -> load.pace(Kind.HEARTBEATS, perSecond, ended::get));
        Thread.sleep(SETTLING.toMillis());
        long before = writer.rows(Kind.HEARTBEATS);
        long from = System.nanoTime();
        Thread.sleep(MEASURED.toMillis());
        double stored = (writer.rows(Kind.HEARTBEATS) - before) / ((System.nanoTime() - from) / 1e9);
        ended.set(true);
        long all = first + sent.join();
        while (writer.rows(Kind.HEARTBEATS) < all) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        return stored;
    }
}
