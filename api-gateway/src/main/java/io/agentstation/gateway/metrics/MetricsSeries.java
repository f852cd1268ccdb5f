package io.agentstation.gateway.metrics;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.metrics.Series;
import io.agentstation.gateway.metrics.SeriesView.PointView;
import io.agentstation.store.rollups.MetricsRollups;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Makes points of stored windows: as they are, or several added up without error. */
final class MetricsSeries {

    private final MetricsRollups rollups;

    MetricsSeries(MetricsRollups rollups) {
        this.rollups = rollups;
    }

    /** The points that are asked for; of the stored windows, however many, a page is held at a time. */
    CompletionStage<SeriesView> read(AgentId agent, SeriesQuery query) {
        Points points = new Points(query);
        return rollups.forEach(
                        agent,
                        query.step().resolution(),
                        query.windows().from(),
                        query.windows().to(),
                        points::add)
                .thenApply(done -> points.view(agent));
    }

    /** What has been added up so far, by the start of the point. */
    private static final class Points {

        private final SeriesQuery query;
        private final SortedMap<Instant, Map<String, Series>> sums = new TreeMap<>();

        Points(SeriesQuery query) {
            this.query = query;
        }

        // Windows come oldest first, which "last" relies on.
        void add(MetricsRollup window) {
            Map<String, Series> point =
                    sums.computeIfAbsent(query.windows().startOf(window.windowStart()), start -> new TreeMap<>());
            window.series().forEach((name, values) -> point.merge(name, values, Series::then));
        }

        SeriesView view(AgentId agent) {
            return new SeriesView(
                    agent,
                    query.windows().from(),
                    query.windows().to(),
                    query.step().wireName(),
                    Step.of(query.step().resolution()).wireName(),
                    sums.entrySet().stream()
                            .map(point -> PointView.of(point.getKey(), point.getValue()))
                            .toList());
        }
    }
}
