package io.agentstation.gateway.history;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.reports.ReportHistory;
import io.agentstation.store.reports.ReportPage;
import io.agentstation.store.reports.ReportPlace;
import io.agentstation.store.reports.ReportSlice;
import io.agentstation.store.reports.StoredReport;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;

/**
 * Pages through an agent's reports of one kind.
 *
 * @param <T> as they are stored
 * @param <V> as they are shown
 */
public final class ReportPages<T extends StoredReport, V> {

    private final ReportHistory<T> history;
    private final Function<T, V> view;
    private final InstantSource clock;

    public ReportPages(ReportHistory<T> history, Function<T, V> view, InstantSource clock) {
        this.history = history;
        this.view = view;
        this.clock = clock;
    }

    /** The page that is asked for, with the link to the next. */
    public CompletionStage<ResponseEntity<List<V>>> answer(
            AgentId agent, PageQuery<ReportPlace> query, String path, MultiValueMap<String, String> parameters) {
        return history.page(agent, slice(query), query.limit())
                .thenApply(page ->
                        NextLink.answer(page.reports().stream().map(view).toList(), path, parameters, next(page)));
    }

    private ReportSlice slice(PageQuery<ReportPlace> query) {
        ReportSlice kept = history.kept(clock.instant());
        ReportSlice since = query.from().map(kept::since).orElse(kept);
        ReportSlice until = query.to().map(since::until).orElse(since);
        return query.cursor().map(until::before).orElse(until);
    }

    private Optional<String> next(ReportPage<T> page) {
        List<T> reports = page.reports();
        return page.more() && !reports.isEmpty()
                ? Optional.of(ReportCursor.of(reports.get(reports.size() - 1).place()))
                : Optional.empty();
    }
}
