package io.agentstation.benchmarks.liveness;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;

/** The figures of all rounds: each side was measured once in each. */
final class Results {

    private static final String HEADER = """
            | side | CPU s per million | million per CPU s | broker CPU s per million | million per s of wall |
            |---|---|---|---|---|
            """;

    private final Map<Side, List<Properties>> rounds = new EnumMap<>(Side.class);

    void add(Side side, Properties figures) {
        rounds.computeIfAbsent(side, first -> new ArrayList<>()).add(figures);
    }

    /** The middle one, or the mean of the two middle ones. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** A figure of each round; 0 where a process had none. */
    List<Double> each(Side side, String figure) {
        return rounds.getOrDefault(side, List.of()).stream()
                .map(figures -> Double.valueOf(figures.getProperty(figure, "0")))
                .toList();
    }

    double median(Side side, String figure) {
        return median(each(side, figure));
    }

    /** What one side costs in terms of another, in each round. */
    List<Double> pairedCost(Side one, Side other) {
        List<Double> ones = each(one, Figure.CPU_S_PER_MILLION);
        List<Double> others = each(other, Figure.CPU_S_PER_MILLION);
        return IntStream.range(0, ones.size())
                .mapToObj(round -> ones.get(round) / others.get(round))
                .toList();
    }

    /** The sides beside each other, as a table. */
    String table() {
        StringBuilder table = new StringBuilder(HEADER);
        for (Side side : rounds.keySet()) {
            double cost = median(side, Figure.CPU_S_PER_MILLION);
            table.append(format(
                    "| %s | %.2f | %.3f | %.2f | %.2f |%n",
                    side,
                    cost,
                    1 / cost,
                    median(side, Figure.BROKER_S_PER_MILLION),
                    median(side, Figure.MILLIONS_PER_WALL_S)));
        }
        ratio(table, "no-op's cost / detector's cost", Side.NO_OP, Side.DETECTOR);
        ratio(table, "textbook's cost / detector's cost", Side.TEXTBOOK, Side.DETECTOR);
        return table.toString();
    }

    private void ratio(StringBuilder table, String name, Side one, Side other) {
        List<Double> pairs = pairedCost(one, other);
        table.append(format(
                "%s: %.2f (ratio of medians), %.2f (median of pairs), pairs %s%n",
                name,
                median(one, Figure.CPU_S_PER_MILLION) / median(other, Figure.CPU_S_PER_MILLION),
                median(pairs),
                pairs.stream().map(pair -> format("%.2f", pair)).toList()));
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
