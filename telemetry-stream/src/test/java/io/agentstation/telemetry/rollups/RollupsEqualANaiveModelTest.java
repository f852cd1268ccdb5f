package io.agentstation.telemetry.rollups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import io.agentstation.contracts.metrics.Series;
import io.agentstation.telemetry.fixtures.Messages;
import io.agentstation.telemetry.streams.StoreKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever was reported: the windows are what a model finds that holds all reports and goes through them once. */
class RollupsEqualANaiveModelTest {

    private static final Instant START = Instant.parse("2026-11-22T09:57:00Z");

    private final List<AgentId> agents = List.of(Messages.agent(), Messages.agent());

    private record Reported(int agent, long atMs, MetricsReport report) {}

    @Test
    void windowsEqualThoseOfTheModel() {
        qt().withExamples(60)
                .forAll(lists().of(integers().between(0, 1_000_000)).ofSizeBetween(1, 80))
                .checkAssert(seeds -> {
                    List<Reported> log = log(seeds);
                    try (RollupHarness harness = new RollupHarness(StoreKind.MEMORY)) {
                        log.forEach(each ->
                                harness.report(agents.get(each.agent), Instant.ofEpochMilli(each.atMs), each.report));

                        assertThat(harness.windows()).isEqualTo(model(log));
                    }
                });
    }

    /** A log whose times rise, sometimes by nothing and sometimes by minutes, with counters that are sometimes reset. */
    private static List<Reported> log(List<Integer> seeds) {
        List<Reported> log = new ArrayList<>();
        long atMs = START.toEpochMilli();
        long[] handled = new long[2];
        for (int seed : seeds) {
            int agent = seed % 2;
            atMs += seed % 7 == 0 ? 0 : (seed % 11 == 0 ? 200_000 : seed % 20_000);
            handled[agent] = seed % 13 == 0 ? seed % 5 : handled[agent] + seed % 1_000;
            Map<String, Object> custom =
                    seed % 3 == 0 ? Map.of("depth", seed % 17, "model", "m", "in", Map.of("n", 0.5)) : Map.of();
            log.add(new Reported(agent, atMs, new MetricsReport(seed % 101, seed % 997, handled[agent], custom)));
        }
        return log;
    }

    private Map<RollupHarness.Window, SortedMap<String, Series>> model(List<Reported> log) {
        Map<RollupHarness.Window, SortedMap<String, List<Double>>> values = new HashMap<>();
        for (int i = 0; i < log.size(); i++) {
            Reported reported = log.get(i);
            Map<String, Double> sample = new TreeMap<>(
                    Map.of("cpu_percent", reported.report.cpuPercent(), "memory_mb", reported.report.memoryMb()));
            if (reported.report.customMetrics().get("depth") instanceof Integer depth) {
                sample.put("custom.depth", (double) depth);
                sample.put("custom.in.n", 0.5);
            }
            Reported before = before(log, i);
            if (before != null && before.atMs < reported.atMs) {
                long handled = reported.report.requestsHandled();
                long counted = before.report.requestsHandled();
                double requests = handled < counted ? handled : handled - counted;
                sample.put("request_rate", requests * 1_000.0 / (reported.atMs - before.atMs));
            }
            for (Resolution resolution : Resolution.values()) {
                long length = resolution.length().toMillis();
                Instant start = Instant.ofEpochMilli(reported.atMs / length * length);
                var window = new RollupHarness.Window(agents.get(reported.agent).toString(), resolution, start);
                sample.forEach((name, value) -> values.computeIfAbsent(window, w -> new TreeMap<>())
                        .computeIfAbsent(name, n -> new ArrayList<>())
                        .add(value));
            }
        }
        Map<RollupHarness.Window, SortedMap<String, Series>> model = new HashMap<>();
        values.forEach((window, byName) -> {
            SortedMap<String, Series> series = new TreeMap<>();
            byName.forEach((name, all) -> series.put(name, seriesOf(all)));
            model.put(window, series);
        });
        return model;
    }

    /** The agent's report that the next rate is counted from: of those of one millisecond the first. */
    private static @org.jspecify.annotations.Nullable Reported before(List<Reported> log, int index) {
        Reported found = null;
        for (Reported reported : log.subList(0, index)) {
            if (reported.agent == log.get(index).agent && (found == null || found.atMs < reported.atMs)) {
                found = reported;
            }
        }
        return found;
    }

    private static Series seriesOf(List<Double> values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return new Series(
                values.stream().mapToDouble(v -> v).min().orElseThrow(),
                values.stream().mapToDouble(v -> v).max().orElseThrow(),
                sum,
                values.get(values.size() - 1),
                values.size());
    }
}
