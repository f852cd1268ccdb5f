package io.agentstation.gateway.metrics;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.metrics.Series;
import io.agentstation.gateway.history.AsSent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An agent's metrics over time, oldest first. Windows in which nothing was reported are left out.
 *
 * @param from       start of the first window
 * @param resolution of the stored windows that the points were made of
 */
record SeriesView(AgentId agentUuid, Instant from, Instant to, String step, String resolution, List<PointView> points) {

    /**
     * One window.
     *
     * @param timestamp     its start
     * @param requestRate   requests a second; null when only one report is known
     * @param customMetrics the numeric ones, by name; nested ones with dots
     */
    record PointView(
            Instant timestamp,
            @Nullable ValuesView cpuPercent,
            @Nullable ValuesView memoryMb,
            @Nullable ValuesView requestRate,
            SortedMap<String, ValuesView> customMetrics) {
        static PointView of(Instant start, Map<String, Series> series) {
            SortedMap<String, ValuesView> custom = new TreeMap<>();
            series.forEach((name, values) -> {
                if (name.startsWith(MetricsRollup.CUSTOM_PREFIX)) {
                    custom.put(name.substring(MetricsRollup.CUSTOM_PREFIX.length()), ValuesView.of(values));
                }
            });
            return new PointView(
                    start,
                    ValuesView.ofNullable(series.get("cpu_percent")),
                    ValuesView.ofNullable(series.get("memory_mb")),
                    ValuesView.ofNullable(series.get("request_rate")),
                    custom);
        }
    }

    /** The values of one metric in one window. */
    record ValuesView(Number min, Number avg, Number max, Number last, long count) {
        static ValuesView of(Series series) {
            return new ValuesView(
                    AsSent.number(series.min()),
                    AsSent.number(series.avg()),
                    AsSent.number(series.max()),
                    AsSent.number(series.last()),
                    series.count());
        }

        static @Nullable ValuesView ofNullable(@Nullable Series series) {
            return series == null ? null : of(series);
        }
    }
}
