package io.agentstation.store.reports;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.Batches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The reports of one kind that are kept, to read, newest first. What a read costs depends on how much is asked for, not on
 * how much there is: days without reports are found by one request and skipped. Thread-safe.
 */
public final class ReportHistory<T extends StoredReport> {

    /** Rows of metrics may have 16 kB each: a page ends early when so much has been read. */
    private static final long PAGE_BYTES = 1024 * 1024;

    private final ReportTable<T> table;
    private final Duration retention;

    ReportHistory(ReportTable<T> table, Duration retention) {
        this.table = table;
        this.retention = retention;
    }

    /** All that is kept at this moment. */
    public ReportSlice kept(Instant now) {
        return ReportSlice.kept(now, retention);
    }

    /** The newest reports. */
    public CompletionStage<List<T>> latest(AgentId agent, Instant now, int most) {
        List<T> found = new ArrayList<>();
        return collect(new DayWalk<>(table, agent, kept(now), most), found, Long.MAX_VALUE)
                .thenApply(done -> List.copyOf(found));
    }

    /** The newest reports of a slice, at most so many; fewer, although more follow, when they are large. */
    public CompletionStage<ReportPage<T>> page(AgentId agent, ReportSlice slice, int most) {
        List<T> found = new ArrayList<>();
        return collect(new DayWalk<>(table, agent, slice, most + 1), found, PAGE_BYTES)
                .thenApply(ended -> page(found, most, ended));
    }

    // One row more than is shown is read in any case: it says whether more follow.
    private static <T extends StoredReport> ReportPage<T> page(List<T> found, int most, boolean ended) {
        boolean more = !ended || found.size() > most;
        return new ReportPage<>(more ? found.subList(0, found.size() - 1) : found, more);
    }

    /** The newest reports of a slice, at most so many, to be taken batch by batch. */
    public Batches<T> batches(AgentId agent, ReportSlice slice, int most) {
        return new DayWalk<>(table, agent, slice, most);
    }

    /**
     * How many reports a slice has. They are counted by Cassandra some hours at a time, one request after another: hundreds
     * of thousands take seconds, and no memory.
     */
    public CompletionStage<Long> count(AgentId agent, ReportSlice slice) {
        return new ReportCount(table, agent, slice).total();
    }

    // Whether the end was reached.
    private static <T extends StoredReport> CompletionStage<Boolean> collect(
            DayWalk<T> walk, List<T> found, long mostBytes) {
        return walk.next().thenCompose(batch -> {
            found.addAll(batch);
            if (batch.isEmpty()) {
                return CompletableFuture.completedStage(true);
            }
            return walk.bytes() > mostBytes ? CompletableFuture.completedStage(false) : collect(walk, found, mostBytes);
        });
    }
}
