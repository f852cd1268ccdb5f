package io.agentstation.gateway.metrics;

import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import io.agentstation.gateway.history.TimeOrder;
import io.agentstation.gateway.history.Windows;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which points are asked for. */
record SeriesQuery(Step step, Windows windows) {

    static final String STEP = "step";
    static final String RAW = "raw";

    private static final List<String> PAGING = List.of("limit", "cursor");
    private static final List<String> TIMES = List.of("from", "to");
    private static final Duration USUAL = Duration.ofHours(1);

    /**
     * Whether points are asked for, and not the reports themselves: by a {@code step} other than {@code raw}, or, without a
     * {@code step}, by {@code from} or {@code to} without {@code limit} and {@code cursor}.
     */
    static boolean isAskedFor(QueryForm form) {
        return form.has(STEP)
                ? !form.has(STEP, RAW)
                : TIMES.stream().anyMatch(form::has) && PAGING.stream().noneMatch(form::has);
    }

    /**
     * Reads the parameters.
     *
     * @param minutesKept for how long windows of a minute are there: what began earlier is made of hours
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every parameter that is wrong
     */
    static SeriesQuery of(QueryForm form, Instant now, Duration minutesKept) {
        Problems problems = form.problems();
        Optional<Step> step = form.read(STEP, SeriesQuery::step, "one of: raw, 1m, 5m, 15m, 1h, 6h, 1d");
        PAGING.stream()
                .filter(form::has)
                .forEach(name ->
                        problems.add(name, name + " goes with reports only: leave it or step out, or step=raw"));
        Instant to = form.time("to").orElse(now);
        Instant from = form.time("from").orElseGet(() -> QueryForm.before(to, USUAL));
        problems.refuseIfAny();
        TimeOrder.require(from, to, problems);
        problems.refuseIfAny();
        return step.map(asked -> exactly(asked, from, to, problems))
                .orElseGet(() -> finest(from, to, now.minus(minutesKept), problems));
    }

    private static SeriesQuery exactly(Step step, Instant from, Instant to, Problems problems) {
        SeriesQuery query = new SeriesQuery(step, new Windows(from, to, step.length()));
        if (query.windows.areTooMany()) {
            problems.add(
                    STEP,
                    "step " + step.wireName() + " gives more than " + Windows.MOST + " points between from and to");
        }
        problems.refuseIfAny();
        return query;
    }

    private static SeriesQuery finest(Instant from, Instant to, Instant oldestMinute, Problems problems) {
        Optional<SeriesQuery> query = Arrays.stream(Step.values())
                .filter(step -> step.resolution() == Resolution.HOUR || !from.isBefore(oldestMinute))
                .map(step -> new SeriesQuery(step, new Windows(from, to, step.length())))
                .filter(fitting -> !fitting.windows.areTooMany())
                .findFirst();
        if (query.isEmpty()) {
            problems.add("from", "from and to are further apart than " + Windows.MOST + " points of a day");
        }
        problems.refuseIfAny();
        return query.orElseThrow();
    }

    private static Optional<Step> step(String text) {
        return Arrays.stream(Step.values())
                .filter(step -> step.wireName().equals(text))
                .findFirst();
    }
}
