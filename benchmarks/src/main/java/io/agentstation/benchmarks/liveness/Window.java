package io.agentstation.benchmarks.liveness;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Measures processor time between 30 % and 97 % of the heartbeats: neither the start nor the tail counts. */
final class Window {

    private static final double FROM = 0.30;
    private static final double TO = 0.97;
    private static final Duration POLL = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final LongSupplier read;
    private final long all;
    private final long brokerPid;

    private record Reading(long heartbeats, long cpuNanos, long brokerNanos, long nanos) {}

    Window(LongSupplier read, long all, long brokerPid) {
        this.read = read;
        this.all = all;
        this.brokerPid = brokerPid;
    }

    /** Returns when all heartbeats are read. */
    void measure(Properties figures) {
        Reading from = awaitRead((long) (FROM * all));
        Reading to = awaitRead((long) (TO * all));
        awaitRead(all);
        double millions = (to.heartbeats - from.heartbeats) / 1e6;
        figures.setProperty(Figure.HEARTBEATS, Long.toString(all));
        put(figures, Figure.MEASURED_SHARE, (double) (to.heartbeats - from.heartbeats) / all);
        put(figures, Figure.CPU_S_PER_MILLION, (to.cpuNanos - from.cpuNanos) / 1e9 / millions);
        put(figures, Figure.BROKER_S_PER_MILLION, (to.brokerNanos - from.brokerNanos) / 1e9 / millions);
        put(figures, Figure.MILLIONS_PER_WALL_S, millions * 1e9 / (to.nanos - from.nanos));
    }

    private static void put(Properties figures, String name, double value) {
        figures.setProperty(name, Double.toString(value));
    }

    private Reading awaitRead(long heartbeats) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (read.getAsLong() < heartbeats) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "only " + read.getAsLong() + " of " + heartbeats + " heartbeats were read within " + PATIENCE);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return new Reading(read.getAsLong(), process.getProcessCpuTime(), brokerCpu(), System.nanoTime());
    }

    private long brokerCpu() {
        return ProcessHandle.of(brokerPid)
                .flatMap(broker -> broker.info().totalCpuDuration())
                .orElse(Duration.ZERO)
                .toNanos();
    }
}
