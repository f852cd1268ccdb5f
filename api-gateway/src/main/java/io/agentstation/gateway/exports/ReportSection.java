package io.agentstation.gateway.exports;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.exports.ExportDocument.Written;
import io.agentstation.store.reports.ReportHistory;
import io.agentstation.store.reports.ReportSlice;
import io.agentstation.store.reports.StoredReport;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The array of an agent's reports of one kind in a document.
 *
 * @param name of the array
 * @param view how a report is shown
 */
record ReportSection<T extends StoredReport>(String name, ReportHistory<T> history, Function<T, Object> view) {

    /**
     * Writes the newest reports.
     *
     * @param now  says what is kept
     * @param most how many at most
     * @return counts all that are kept, when it is asked to: those that were written and those behind them
     */
    Supplier<CompletionStage<Long>> write(ExportDocument document, AgentId agent, Instant now, int most) {
        ReportSlice kept = history.kept(now);
        Written<T> written = document.array(name, history.batches(agent, kept, most), view);
        T last = written.last();
        if (written.count() < most) {
            return () -> CompletableFuture.completedStage(written.count());
        }
        ReportSlice behind = last == null ? kept : kept.before(last.place());
        return () -> history.count(agent, behind).thenApply(older -> written.count() + older);
    }
}
