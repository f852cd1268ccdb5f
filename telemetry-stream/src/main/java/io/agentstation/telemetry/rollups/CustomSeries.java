package io.agentstation.telemetry.rollups;

import io.agentstation.contracts.metrics.MetricsRollup;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numeric custom metrics of one report, nested names joined with dots. Texts, truth values, nulls and lists are no
 * numbers and are passed over.
 *
 * <p>Of names that become the same the less nested one counts, at equal depth the one whose first differing part comes first;
 * the same rule, breadth first and by name, decides which are left out when there are too many. So it does not depend on the
 * order in which an agent writes its JSON.
 *
 * @param values  by the name in the roll-up, at most {@link #MOST}
 * @param leftOut how many numbers are not rolled up: too many, too long a name, a name taken, or no finite double
 */
record CustomSeries(SortedMap<String, Double> values, int leftOut) {

    /** How many custom metrics of a report, and of a window, are rolled up. */
    static final int MOST = 64;
    /** How long a name may be, without its prefix, in characters. */
    static final int LONGEST_NAME = 128;

    static CustomSeries of(Map<String, Object> customMetrics) {
        SortedMap<String, Double> values = new TreeMap<>();
        int leftOut = 0;
        Queue<Level> levels = new ArrayDeque<>();
        levels.add(new Level("", customMetrics));
        for (Level level = levels.poll(); level != null; level = levels.poll()) {
            for (Map.Entry<?, ?> entry : new TreeMap<>(level.members).entrySet()) {
                String name = level.prefix + entry.getKey();
                if (entry.getValue() instanceof Map<?, ?> nested) {
                    levels.add(new Level(name + ".", nested));
                } else if (entry.getValue() instanceof Number number && !isTaken(values, name, number.doubleValue())) {
                    leftOut++;
                }
            }
        }
        return new CustomSeries(values, leftOut);
    }

    private record Level(String prefix, Map<?, ?> members) {}

    private static boolean isTaken(SortedMap<String, Double> values, String name, double value) {
        return name.length() <= LONGEST_NAME
                && Double.isFinite(value)
                && values.size() < MOST
                && isNew(values.putIfAbsent(MetricsRollup.CUSTOM_PREFIX + name, value));
    }

    private static boolean isNew(@Nullable Double before) {
        return before == null;
    }
}
