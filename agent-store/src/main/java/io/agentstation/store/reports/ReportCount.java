package io.agentstation.store.reports;

import io.agentstation.contracts.ids.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Counts a slice in steps, each short enough for one request whatever the day holds. */
final class ReportCount {

    /** At one report a second about 11,000 rows, which take some 50 ms. */
    private static final Duration STEP = Duration.ofHours(3);

    private record Part(LocalDate day, ReportSlice slice) {}

    private final ReportTable<?> table;
    private final AgentId agent;
    private final ReportSlice slice;

    ReportCount(ReportTable<?> table, AgentId agent, ReportSlice slice) {
        this.table = table;
        this.agent = agent;
        this.slice = slice;
    }

    CompletionStage<Long> total() {
        List<LocalDate> days = slice.days();
        if (days.isEmpty()) {
            return CompletableFuture.completedStage(0L);
        }
        return table.daysWithRows(agent, days, slice)
                .thenCompose(found -> add(found.stream().flatMap(this::parts).toList(), 0, 0));
    }

    private CompletionStage<Long> add(List<Part> parts, int index, long before) {
        if (index == parts.size()) {
            return CompletableFuture.completedStage(before);
        }
        Part part = parts.get(index);
        return table.count(agent, part.day(), part.slice()).thenCompose(rows -> add(parts, index + 1, before + rows));
    }

    private Stream<Part> parts(LocalDate day) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return Stream.iterate(start, step -> step.isBefore(end), step -> step.plus(STEP))
                .map(step -> new Part(day, slice.since(step).until(step.plus(STEP))))
                .filter(part -> !part.slice().days().isEmpty());
    }
}
