package io.agentstation.telemetry.rollups;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import io.agentstation.contracts.metrics.Series;
import io.agentstation.telemetry.fixtures.Messages;
import io.agentstation.telemetry.streams.StoreKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RollupTopologyTest {

    private static final Instant HOUR = Instant.parse("2026-11-22T10:00:00Z");

    private final AgentId agent = Messages.agent();
    private final RollupHarness rollups = new RollupHarness(StoreKind.MEMORY);

    @AfterEach
    void close() {
        rollups.close();
    }

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    void theTopologyIsAsItWasDecided(StoreKind stores) throws IOException {
        try (var golden = Objects.requireNonNull(getClass().getResourceAsStream("/topology/rollups.txt"))) {
            assertThat(RollupHarness.topology(stores, new RollupFigures(new SimpleMeterRegistry()))
                            .describe()
                            .toString()
                            .strip())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    void reportsOfAWindowAreSummedUpInAMinuteAndInAnHour(StoreKind stores) {
        try (RollupHarness own = new RollupHarness(stores)) {
            own.report(agent, HOUR.plusSeconds(5), report(10, 100, 0));
            own.report(agent, HOUR.plusSeconds(35), report(30, 50, 0));
            own.report(agent, HOUR.plusSeconds(65), report(20, 70, 0));

            assertThat(own.windows().get(minute(0))).containsEntry("cpu_percent", new Series(10, 30, 40, 30, 2));
            assertThat(own.windows().get(minute(1))).containsEntry("cpu_percent", Series.of(20));
            assertThat(own.windows().get(hour()))
                    .containsEntry("cpu_percent", new Series(10, 30, 60, 20, 3))
                    .containsEntry("memory_mb", new Series(50, 100, 220, 70, 3));
        }
    }

    @Test
    void aWindowIsPublishedWhileItIsOpen() {
        rollups.report(agent, HOUR, report(1, 1, 0));
        assertThat(rollups.published()).hasSize(2);

        rollups.report(agent, HOUR.plusSeconds(1), report(2, 1, 0));
        assertThat(rollups.published()).hasSize(4);
    }

    @Test
    void theRequestRateIsTheDifferenceOfConsecutiveReports() {
        rollups.report(agent, HOUR, report(1, 1, 1_000));
        assertThat(series(minute(0))).doesNotContainKey("request_rate");

        rollups.report(agent, HOUR.plusSeconds(30), report(1, 1, 1_300));
        rollups.report(agent, HOUR.plusSeconds(40), report(1, 1, 1_300));

        assertThat(series(minute(0))).containsEntry("request_rate", new Series(0, 10, 10, 0, 2));
    }

    @Test
    void aSmallerCounterIsARestartThatCountedFromZero() {
        rollups.report(agent, HOUR, report(1, 1, 1_000_000));
        rollups.report(agent, HOUR.plusSeconds(10), report(1, 1, 50));

        assertThat(series(minute(0))).containsEntry("request_rate", Series.of(5));
    }

    @Test
    void twoReportsOfOneMillisecondAreNoRateAndLoseNoRequest() {
        rollups.report(agent, HOUR, report(1, 1, 0));
        rollups.report(agent, HOUR, report(1, 1, 70));
        assertThat(series(minute(0))).doesNotContainKey("request_rate");

        rollups.report(agent, HOUR.plusSeconds(10), report(1, 1, 100));

        assertThat(series(minute(0))).containsEntry("request_rate", Series.of(10));
    }

    @Test
    void anAgentThatWasAwayForLongBeginsAnew() {
        rollups.report(agent, HOUR, report(1, 1, 0));
        Instant later = HOUR.plus(PreviousReport.REMEMBERED).plusMillis(1);
        rollups.report(agent, later, report(1, 1, 100));

        assertThat(rollups.windows().values())
                .allSatisfy(series -> assertThat(series).doesNotContainKey("request_rate"));
    }

    @Test
    void aLateReportIsCountedWithinTheGraceAndDroppedAndSeenBeyondIt() {
        rollups.report(agent, HOUR, report(1, 1, 0));
        AgentId other = Messages.agent();
        rollups.report(other, HOUR.plusSeconds(60).plus(RollupHarness.GRACE).minusMillis(1), report(1, 1, 0));

        rollups.report(agent, HOUR.plusSeconds(30), report(9, 1, 0));
        assertThat(series(minute(0))).containsEntry("cpu_percent", new Series(1, 9, 10, 9, 2));
        assertThat(rollups.dropped()).isZero();

        rollups.report(other, HOUR.plusSeconds(60).plus(RollupHarness.GRACE), report(1, 1, 0));
        rollups.report(agent, HOUR.plusSeconds(31), report(99, 1, 0));
        assertThat(series(minute(0))).containsEntry("cpu_percent", new Series(1, 9, 10, 9, 2));
        assertThat(rollups.dropped()).isEqualTo(1);
    }

    @Test
    void agentsDoNotMix() {
        AgentId other = Messages.agent();
        rollups.report(agent, HOUR, report(1, 1, 0));
        rollups.report(other, HOUR, report(2, 1, 0));

        assertThat(series(minute(0))).containsEntry("cpu_percent", Series.of(1));
        assertThat(rollups.windows()).hasSize(4);
    }

    @Test
    void numbersOfCustomMetricsAreRolledUpAndTheRestIsNot() {
        rollups.report(agent, HOUR, new MetricsReport(1, 1, 0, Map.of("queue", Map.of("depth", 3), "model", "m-7")));
        rollups.report(agent, HOUR.plusSeconds(9), new MetricsReport(1, 1, 0, Map.of("queue", Map.of("depth", 5))));

        assertThat(series(hour()))
                .containsOnlyKeys("cpu_percent", "memory_mb", "request_rate", "custom.queue.depth")
                .containsEntry("custom.queue.depth", new Series(3, 5, 8, 5, 2));
    }

    @Test
    void anAgentThatInventsNamesFillsNoMoreThanItsRoom() {
        for (int report = 0; report < 5; report++) {
            int first = report * 40;
            Map<String, Object> names = IntStream.range(first, first + 40)
                    .boxed()
                    .collect(Collectors.toMap(i -> "name%03d".formatted(i), i -> i));
            rollups.report(agent, HOUR.plusSeconds(report), new MetricsReport(1, 1, 0, names));
        }

        assertThat(series(hour())).hasSize(3 + CustomSeries.MOST);
        assertThat(rollups.counted("station.telemetry.rollups.left.out")).isEqualTo(2 * (200 - CustomSeries.MOST));
    }

    @Test
    void poisonIsCountedAndStopsNobody() {
        rollups.raw(agent.toString(), "{".getBytes(StandardCharsets.UTF_8), HOUR);
        rollups.raw(agent.toString(), null, HOUR);
        rollups.raw("not-a-uuid", "{}".getBytes(StandardCharsets.UTF_8), HOUR);
        rollups.raw(null, "{}".getBytes(StandardCharsets.UTF_8), HOUR);
        rollups.report(agent, HOUR, report(1, 1, 0));

        assertThat(rollups.counted("station.telemetry.rollups.unreadable")).isEqualTo(4);
        assertThat(rollups.windows()).hasSize(2);
    }

    private SortedMap<String, Series> series(RollupHarness.Window window) {
        return Objects.requireNonNull(rollups.windows().get(window));
    }

    private RollupHarness.Window minute(int number) {
        return new RollupHarness.Window(agent.toString(), Resolution.MINUTE, HOUR.plusSeconds(60L * number));
    }

    private RollupHarness.Window hour() {
        return new RollupHarness.Window(agent.toString(), Resolution.HOUR, HOUR);
    }

    private static MetricsReport report(double cpu, double memory, long requests) {
        return new MetricsReport(cpu, memory, requests, null);
    }
}
