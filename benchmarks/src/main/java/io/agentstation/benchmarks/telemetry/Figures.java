package io.agentstation.benchmarks.telemetry;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rates of all rounds: each side once in each, for each kind of report. */
final class Figures {

    private final Map<Kind, List<Double>> writer = new EnumMap<>(Kind.class);
    private final Map<Kind, List<Double>> loop = new EnumMap<>(Kind.class);

    void writer(Kind kind, double perSecond) {
        writer.computeIfAbsent(kind, first -> new ArrayList<>()).add(perSecond);
    }

    /** The best of the loop's concurrencies. */
    void loop(Kind kind, double bestPerSecond) {
        loop.computeIfAbsent(kind, first -> new ArrayList<>()).add(bestPerSecond);
    }

    double writer(Kind kind) {
        return percentile(writer.getOrDefault(kind, List.of()), 0.5);
    }

    /** Writer and best loop beside each other, as a table. */
    String table() {
        StringBuilder table = new StringBuilder(
                "| report | writer, rows/s | best loop, rows/s | ratio of medians |\n|---|---|---|---|\n");
        for (Kind kind : writer.keySet()) {
            List<Double> loops = loop.getOrDefault(kind, List.of());
            table.append(format(
                    "| %s | %.0f %s | %.0f %s | %.2f |%n",
                    kind,
                    writer(kind),
                    rounded(writer.getOrDefault(kind, List.of())),
                    percentile(loops, 0.5),
                    rounded(loops),
                    writer(kind) / percentile(loops, 0.5)));
        }
        return table.toString();
    }

    /** The smallest value that this share of all values does not exceed. */
    static double percentile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    private static List<String> rounded(List<Double> values) {
        return values.stream().map(value -> format("%.0f", value)).toList();
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
