package io.agentstation.telemetry.rollups;

import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.metrics.Series;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** The state of one window of one agent: its series by name. */
record WindowSeries(SortedMap<String, Series> series) {

    static final WindowSeries EMPTY = new WindowSeries(Collections.emptySortedMap());

    /**
     * The window with one report more. An agent that invents names without end fills its windows with at most
     * {@link CustomSeries#MOST} of them: a window has to fit into a record.
     *
     * @param leftOut is told how many values the window had no room for
     */
    WindowSeries plus(Sample sample, IntConsumer leftOut) {
        SortedMap<String, Series> sum = new TreeMap<>(series);
        long custom = sum.keySet().stream().filter(WindowSeries::isCustom).count();
        int left = 0;
        for (Map.Entry<String, Double> value : sample.values().entrySet()) {
            boolean isNewCustom = isCustom(value.getKey()) && !sum.containsKey(value.getKey());
            if (isNewCustom && custom >= CustomSeries.MOST) {
                left++;
            } else {
                custom += isNewCustom ? 1 : 0;
                sum.merge(value.getKey(), Series.of(value.getValue()), Series::then);
            }
        }
        leftOut.accept(left);
        return new WindowSeries(sum);
    }

    private static boolean isCustom(String name) {
        return name.startsWith(MetricsRollup.CUSTOM_PREFIX);
    }
}
