package io.agentstation.gateway.health;

import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.gateway.health.PartitionSight.Blind;
import io.agentstation.gateway.health.PartitionSight.Moment;
import io.agentstation.gateway.ticks.TickGate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the detector can prove absence, by what it says of itself. Blind is when any partition had no proof for so long; the
 * time counts from the opening of the {@link TickGate}, before which there is nothing to be seen. Thread-safe.
 */
final class DetectorWatch {

    /** What can be said. */
    enum Sight {
        /** Not every partition has proven something yet, and none is overdue. */
        STARTING,
        PROVING,
        BLIND
    }

    /** What was seen, with the alarm when it is one. */
    record Seen(Sight sight, Optional<Alarm> alarm) {}

    /** The clock that measures, and the one for people. */
    record Clocks(LongSupplier nanoTime, InstantSource wall) {
        Moment now() {
            return new Moment(nanoTime.getAsLong(), wall.instant().truncatedTo(ChronoUnit.MILLIS));
        }
    }

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<PartitionSight> partitions;
    private final Duration blindAfter;
    private final TickGate gate;
    private final Clocks clocks;
    private @Nullable Moment begun;

    DetectorWatch(int partitions, Duration blindAfter, TickGate gate, Clocks clocks) {
        this.partitions =
                IntStream.range(0, partitions).mapToObj(PartitionSight::new).toList();
        this.blindAfter = blindAfter;
        this.gate = gate;
        this.clocks = clocks;
    }

    /** Takes a report in, at the moment of its arrival. */
    synchronized void take(DetectorReport report) {
        if (report.partition() < partitions.size()) {
            partitions.get(report.partition()).take(report, clocks.now());
        }
    }

    /** What can be said now. */
    synchronized Seen see() {
        Moment now = clocks.now();
        Optional<Moment> since = begun(now);
        if (since.isEmpty()) {
            return new Seen(Sight.STARTING, Optional.empty());
        }
        List<Blind> blind = partitions.stream()
                .flatMap(partition -> partition.blind(blindAfter, since.get(), now).stream())
                .toList();
        if (!blind.isEmpty()) {
            return new Seen(Sight.BLIND, Optional.of(Alarm.detectorBlind(blind, partitions.size())));
        }
        boolean all = partitions.stream().allMatch(PartitionSight::hasProven);
        return new Seen(all ? Sight.PROVING : Sight.STARTING, Optional.empty());
    }

    // The wall clock's reading is kept, so that an alarm always names the same time.
    private Optional<Moment> begun(Moment now) {
        OptionalLong opened = gate.openedAt();
        if (begun == null && opened.isPresent()) {
            long age = now.nanos() - opened.getAsLong();
            begun = new Moment(opened.getAsLong(), now.wall().minusMillis(age / NANOS_PER_MILLI));
        }
        return Optional.ofNullable(begun);
    }
}
