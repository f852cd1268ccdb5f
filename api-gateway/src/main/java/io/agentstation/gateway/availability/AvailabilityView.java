package io.agentstation.gateway.availability;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.gateway.history.AsSent;
import io.agentstation.gateway.history.Windows;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much of a time an agent was heard, as a whole and by window. Windows in which it was not watched are left out.
 *
 * @param from           start of the first window
 * @param availability   heard / expected, from 0 to 1; null when nothing could be expected
 * @param expected       heartbeat intervals that ended then and were judged: see {@link AvailabilityHour}
 * @param heard          those of them in which the agent was not silent
 * @param watchedSeconds for how long silence would have been noticed, stalls included
 * @param stalledSeconds for how long of that the ingest path was stalled, so that nothing was expected
 */
record AvailabilityView(
        AgentId agentUuid,
        Instant from,
        Instant to,
        String window,
        @Nullable Double availability,
        long expected,
        long heard,
        Number watchedSeconds,
        Number stalledSeconds,
        List<WindowView> windows) {

    /** One window; see above. */
    record WindowView(
            Instant timestamp,
            @Nullable Double availability,
            long expected,
            long heard,
            Number watchedSeconds,
            Number stalledSeconds) {
        static WindowView of(AvailabilityHour sum) {
            return new WindowView(
                    sum.hourStart(),
                    share(sum),
                    sum.expected(),
                    sum.heard(),
                    seconds(sum.watchedMs()),
                    seconds(sum.stalledMs()));
        }
    }

    /** The sum of the hours, as a whole and by window. */
    static AvailabilityView of(AgentId agent, AvailabilityQuery query, List<AvailabilityHour> hours) {
        Windows windows = query.windows();
        SortedMap<Instant, AvailabilityHour> sums = new TreeMap<>();
        AvailabilityHour total = new AvailabilityHour(windows.from(), 0, 0, 0, 0);
        for (AvailabilityHour hour : hours) {
            Instant start = windows.startOf(hour.hourStart());
            sums.merge(start, at(start, hour), AvailabilityView::sum);
            total = sum(total, hour);
        }
        return new AvailabilityView(
                agent,
                windows.from(),
                windows.to(),
                query.window().wireName(),
                share(total),
                total.expected(),
                total.heard(),
                seconds(total.watchedMs()),
                seconds(total.stalledMs()),
                sums.values().stream().map(WindowView::of).toList());
    }

    private static AvailabilityHour at(Instant start, AvailabilityHour hour) {
        return new AvailabilityHour(start, hour.expected(), hour.heard(), hour.watchedMs(), hour.stalledMs());
    }

    private static AvailabilityHour sum(AvailabilityHour one, AvailabilityHour other) {
        return new AvailabilityHour(
                one.hourStart(),
                one.expected() + other.expected(),
                one.heard() + other.heard(),
                one.watchedMs() + other.watchedMs(),
                one.stalledMs() + other.stalledMs());
    }

    private static @Nullable Double share(AvailabilityHour sum) {
        return sum.expected() == 0 ? null : (double) sum.heard() / sum.expected();
    }

    private static Number seconds(long milliseconds) {
        return AsSent.number(milliseconds / 1_000.0);
    }
}
