package io.agentstation.store.reports;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.Batches;
import io.agentstation.store.session.ResultBatches;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Walks a slice from its newest day back. The first day that is empty makes it ask once which of the others are not: an
 * agent that has long been silent costs two requests more than a busy one, whatever the retention.
 */
final class DayWalk<T> implements Batches<T> {

    private final ReportTable<T> table;
    private final AgentId agent;
    private final ReportSlice slice;
    private final Deque<LocalDate> days;
    private @Nullable ResultBatches<T> day;
    private boolean dayHadRows;
    private boolean surveyed;
    private int wanted;
    private long bytes;

    DayWalk(ReportTable<T> table, AgentId agent, ReportSlice slice, int most) {
        this.table = table;
        this.agent = agent;
        this.slice = slice;
        this.days = new ArrayDeque<>(slice.days());
        this.wanted = most;
    }

    @Override
    public CompletionStage<List<T>> next() {
        if (wanted == 0) {
            return CompletableFuture.completedStage(List.of());
        }
        ResultBatches<T> current = day;
        return current == null ? nextDay() : current.next().thenCompose(batch -> take(current, batch));
    }

    /** How many bytes Cassandra has sent of the days that are done and of this one. */
    long bytes() {
        ResultBatches<T> current = day;
        return current == null ? bytes : bytes + current.bytes();
    }

    private CompletionStage<List<T>> take(ResultBatches<T> current, List<T> batch) {
        if (!batch.isEmpty()) {
            dayHadRows = true;
            wanted -= batch.size();
            return CompletableFuture.completedStage(batch);
        }
        bytes += current.bytes();
        day = null;
        return dayHadRows || surveyed || days.size() < 2 ? nextDay() : survey().thenCompose(done -> nextDay());
    }

    private CompletionStage<List<T>> nextDay() {
        LocalDate next = days.poll();
        if (next == null) {
            return CompletableFuture.completedStage(List.of());
        }
        dayHadRows = false;
        day = table.day(agent, next, slice, wanted);
        return next();
    }

    private CompletionStage<?> survey() {
        surveyed = true;
        return table.daysWithRows(agent, List.copyOf(days), slice).thenAccept(found -> {
            days.clear();
            days.addAll(found);
        });
    }
}
