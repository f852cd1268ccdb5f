package io.agentstation.agent;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What this process really uses: CPU time from the JVM, resident memory from {@code /proc} where there is one. */
public final class ProcessResourceUsage implements ResourceUsage {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long lastCpuNanos;
    private long lastUptimeMs;

    @Override
    public synchronized double cpuPercent() {
        long cpuNanos = system.getProcessCpuTime();
        long uptimeMs = ManagementFactory.getRuntimeMXBean().getUptime();
        long passedNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(1, uptimeMs - lastUptimeMs));
        double percent = Math.max(0, cpuNanos - lastCpuNanos) * 100.0 / passedNanos;
        lastCpuNanos = cpuNanos;
        lastUptimeMs = uptimeMs;
        return Math.round(percent * 100) / 100.0;
    }

    @Override
    public double memoryMb() {
        double bytes = Files.isReadable(STATUS) ? residentBytes() : committedBytes();
        return Math.round(bytes / MEBIBYTE * 100) / 100.0;
    }

    private static double residentBytes() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseGet(ProcessResourceUsage::committedBytes);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the resident memory from " + STATUS, e);
        }
    }

    /** The nearest figure that every platform has: what the JVM's own pools hold. */
    private static double committedBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        return memory.getHeapMemoryUsage().getCommitted()
                + (double) memory.getNonHeapMemoryUsage().getCommitted();
    }
}
