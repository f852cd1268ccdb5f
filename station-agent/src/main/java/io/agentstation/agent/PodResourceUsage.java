package io.agentstation.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the other processes of a pod use, whose containers share one process namespace: a sidecar speaks for them, not for
 * itself. Memory that several processes share counts for each of them.
 */
final class PodResourceUsage implements ResourceUsage {

    // USER_HZ, the unit of /proc/PID/stat: 100 on every Linux that Java runs on (proc(5)).
    private static final double TICKS_PER_SECOND = 100;
    private static final double PAGES_PER_MEBIBYTE = 256;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int RESIDENT_PAGES = 21;

    private final Path proc;
    private final long self;
    private final Clock clock;
    private Map<String, Long> ticksBefore;
    private Instant before;

    /**
     * Of the processes that a {@code /proc} shows.
     *
     * @param self the process that is left out
     */
    PodResourceUsage(Path proc, long self, Clock clock) {
        this.proc = proc;
        this.self = self;
        this.clock = clock;
        this.before = clock.instant();
        this.ticksBefore = ticks();
    }

    @Override
    public synchronized double cpuPercent() {
        Instant now = clock.instant();
        Map<String, Long> ticks = ticks();
        // A process number may have been given to a younger process: never less than nothing.
        long used = ticks.entrySet().stream()
                .mapToLong(process -> Math.max(0, process.getValue() - ticksBefore.getOrDefault(process.getKey(), 0L)))
                .sum();
        double seconds = Math.max(1, Duration.between(before, now).toMillis()) / 1_000.0;
        ticksBefore = ticks;
        before = now;
        return rounded(used / TICKS_PER_SECOND / seconds * 100);
    }

    @Override
    public double memoryMb() {
        long pages = processes().values().stream()
                .mapToLong(stat -> field(stat, RESIDENT_PAGES))
                .sum();
        return rounded(pages / PAGES_PER_MEBIBYTE);
    }

    private Map<String, Long> ticks() {
        Map<String, Long> ticks = new HashMap<>();
        processes().forEach((process, stat) -> ticks.put(process, field(stat, USER_TIME) + field(stat, SYSTEM_TIME)));
        return ticks;
    }

    private Map<String, String[]> processes() {
        Map<String, String[]> found = new HashMap<>();
        try (Stream<Path> entries = Files.list(proc)) {
            entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> name.matches("\\d+") && !name.equals(Long.toString(self)))
                    .forEach(name -> stat(name).ifPresent(fields -> found.put(name, fields)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the processes of the pod from " + proc, e);
        }
        return found;
    }

    /** The fields behind the command's name, which may itself hold spaces and brackets; empty when the process has ended. */
    private Optional<String[]> stat(String process) {
        try {
            String line = Files.readString(proc.resolve(process).resolve("stat"));
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            // It has ended: its directory is gone, or answers ESRCH while it is read.
            return Optional.empty();
        }
    }

    private static long field(String[] stat, int number) {
        return Long.parseLong(stat[number]);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
