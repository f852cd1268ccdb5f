package io.agentstation.gateway.webhooks;

import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import io.agentstation.store.webhooks.HourSums;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.store.webhooks.WebhookStatistics;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/webhooks/{id}/statistics}: what became of the attempts of the last {@code hours}, 24 unless said. */
@RestController
final class WebhookStatisticsController {

    private static final int MOST_HOURS = 720;
    private static final int USUAL_HOURS = 24;

    /** Sums of an hour, or of all. */
    record SumsView(long attempts, long delivered, long failed, long averageLatencyMs, long slowestMs) {
        static SumsView of(HourSums sums) {
            return new SumsView(
                    sums.attempts(),
                    sums.delivered(),
                    sums.failed(),
                    sums.attempts() == 0 ? 0 : sums.latencyMs() / sums.attempts(),
                    sums.slowestMs());
        }
    }

    /** One hour in which there were attempts. */
    record HourView(Instant hour, SumsView sums) {}

    /** The answer. */
    record StatisticsView(Instant since, SumsView total, List<HourView> hours) {}

    private final Subscriptions subscriptions;
    private final WebhookStatistics statistics;
    private final Clock clock;

    WebhookStatisticsController(Subscriptions subscriptions, WebhookStatistics statistics, Clock clock) {
        this.subscriptions = subscriptions;
        this.statistics = statistics;
        this.clock = clock;
    }

    @GetMapping("/api/webhooks/{id}/statistics")
    StatisticsView of(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestParam MultiValueMap<String, String> parameters) {
        Webhook webhook = subscriptions.find(caller.user().workspace(), id);
        Problems problems = new Problems();
        int hours = QueryForm.of(parameters, problems)
                .integer("hours", 1, MOST_HOURS)
                .orElse(USUAL_HOURS);
        problems.refuseIfAny();
        Instant now = clock.instant();
        Instant since = now.truncatedTo(ChronoUnit.HOURS).minus(hours - 1L, ChronoUnit.HOURS);
        Collection<HourSums> found = statistics.since(webhook.id(), since, now);
        HourSums total = found.stream().reduce(new HourSums(since, 0, 0, 0, 0, 0), HourSums::plus);
        return new StatisticsView(
                since,
                SumsView.of(total),
                found.stream()
                        .map(sums -> new HourView(sums.hour(), SumsView.of(sums)))
                        .toList());
    }
}
