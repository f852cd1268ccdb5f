package io.agentstation.provisioner;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads beside those of the Kafka listener; closing them ends what runs and drops what waits. */
final class Threads implements AutoCloseable {

    private static final Duration END_WITHIN = Duration.ofSeconds(5);
    private static final int REPORTING = 2;

    private final ScheduledExecutorService retries;
    private final ScheduledExecutorService reports;
    private final ScheduledExecutorService walks;
    private final ScheduledExecutorService acts;

    Threads(int retries, int actors) {
        this.retries = pool("retry", retries);
        this.reports = pool("status", REPORTING);
        this.walks = pool("walk", 1);
        this.acts = pool("act", actors);
    }

    ScheduledExecutorService retries() {
        return retries;
    }

    ScheduledExecutorService reports() {
        return reports;
    }

    /** Those that act on agents. */
    ScheduledExecutorService acts() {
        return acts;
    }

    ScheduledExecutorService walks() {
        return walks;
    }

    @Override
    public void close() {
        List<ScheduledExecutorService> pools = List.of(acts, walks, retries, reports);
        pools.forEach(ScheduledExecutorService::shutdownNow);
        try {
            for (ScheduledExecutorService pool : pools) {
                boolean unused = pool.awaitTermination(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ScheduledExecutorService pool(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        return new LoggingPool(
                threads, task -> new Thread(task, "provisioner-" + name + "-" + number.incrementAndGet()));
    }
}
