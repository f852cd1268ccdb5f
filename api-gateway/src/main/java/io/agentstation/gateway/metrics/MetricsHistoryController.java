package io.agentstation.gateway.metrics;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.history.OwnAgents;
import io.agentstation.gateway.history.PageQuery;
import io.agentstation.gateway.history.ReportCursor;
import io.agentstation.gateway.history.ReportPages;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.ReportPlace;
import io.agentstation.store.reports.StoredMetrics;
import io.agentstation.store.rollups.MetricsRollups;
import io.agentstation.store.session.Store;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/agents/{id}/metrics}: the reports themselves, or points over time.
 *
 * <p><b>Points</b> are answered when {@code step} is {@code 1m}, {@code 5m}, {@code 15m}, {@code 1h}, {@code 6h} or
 * {@code 1d}, and when there is no {@code step} but {@code from} or {@code to}, without {@code limit} and {@code cursor}; then
 * the step is the finest that fits and that is still kept for that time. {@code from} (an hour before {@code to} unless said) is rounded down to a step,
 * {@code to} is now unless said. At most 2,000 points; the window that lasts is the last one.
 *
 * <p><b>Reports</b> are answered otherwise, with {@code step=raw} always: newest first, as a bare array of what the details
 * show; {@code limit} (1 to 1,000, 100 unless said), {@code from} and {@code to} choose, {@code Link: rel="next"} leads on.
 * A page may have fewer than its limit when reports are large. The cursor is a place in the log: reports that come in the
 * meantime neither move nor repeat anything.
 */
@RestController
final class MetricsHistoryController {

    private final OwnAgents agents;
    private final ReportPages<StoredMetrics, MetricsView> pages;
    private final MetricsSeries series;
    private final Duration minutesKept;
    private final Clock clock;

    MetricsHistoryController(OwnAgents agents, Metrics metrics, MetricsRollups rollups, Store store, Clock clock) {
        this.agents = agents;
        this.pages = new ReportPages<>(metrics.history(), MetricsView::of, clock);
        this.series = new MetricsSeries(rollups);
        this.minutesKept = store.retention().minutes();
        this.clock = clock;
    }

    @GetMapping("/api/agents/{id}/metrics")
    CompletableFuture<? extends ResponseEntity<?>> read(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestParam MultiValueMap<String, String> parameters,
            HttpServletRequest request) {
        Caller.User user = caller.user();
        QueryForm form = QueryForm.of(parameters, new Problems());
        Function<AgentId, CompletionStage<? extends ResponseEntity<?>>> reader =
                SeriesQuery.isAskedFor(form) ? points(form) : reports(form, request.getRequestURI(), parameters);
        return agents.find(user, id).thenCompose(agent -> reader.apply(agent.id()));
    }

    private Function<AgentId, CompletionStage<? extends ResponseEntity<?>>> points(QueryForm form) {
        SeriesQuery query = SeriesQuery.of(form, clock.instant(), minutesKept);
        return agent -> series.read(agent, query).thenApply(ResponseEntity::ok);
    }

    private Function<AgentId, CompletionStage<? extends ResponseEntity<?>>> reports(
            QueryForm form, String path, MultiValueMap<String, String> parameters) {
        PageQuery<ReportPlace> query = PageQuery.read(form, ReportCursor::parse);
        form.problems().refuseIfAny();
        return agent -> pages.answer(agent, query, path, parameters);
    }
}
