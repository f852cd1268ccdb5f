package io.agentstation.telemetry.rollups;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.wire.Wire;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CustomSeriesTest {

    @Test
    void nestedNumbersHaveDottedNames() {
        CustomSeries custom = of("{'queue': {'depth': 7, 'age': {'p99': 1.5}}, 'sessions': 3}");

        assertThat(custom.values())
                .isEqualTo(Map.of("custom.queue.depth", 7.0, "custom.queue.age.p99", 1.5, "custom.sessions", 3.0));
        assertThat(custom.leftOut()).isZero();
    }

    @Test
    void whatIsNoNumberIsPassedOver() {
        CustomSeries custom = of("{'model': 'm-7', 'ready': true, 'error': null, 'last': [1, 2], 'n': 1}");

        assertThat(custom.values()).containsOnlyKeys("custom.n");
        assertThat(custom.leftOut()).isZero();
    }

    @Test
    void ofNamesThatBecomeTheSameTheLessNestedCountsWhateverTheOrder() {
        CustomSeries one = of("{'a.b': 1, 'a': {'b': 2}}");
        CustomSeries other = of("{'a': {'b': 2}, 'a.b': 1}");

        assertThat(one.values()).isEqualTo(Map.of("custom.a.b", 1.0));
        assertThat(other).isEqualTo(one);
        assertThat(one.leftOut()).isEqualTo(1);
    }

    @Test
    void noMoreThan64AreTakenAndAlwaysTheSame() {
        Map<String, Object> many = IntStream.range(0, 100)
                .boxed()
                .collect(Collectors.toMap(i -> "m%02d".formatted(i), i -> i, (a, b) -> a, TreeMap::new));

        CustomSeries custom = CustomSeries.of(many);

        assertThat(custom.values()).hasSize(64).containsKeys("custom.m00", "custom.m63");
        assertThat(custom.leftOut()).isEqualTo(36);
        assertThat(CustomSeries.of(new TreeMap<>(many).descendingMap())).isEqualTo(custom);
    }

    @Test
    void aNameOf128CharactersIsTheLongest() {
        CustomSeries custom =
                CustomSeries.of(Map.of("x".repeat(128), 1, "y".repeat(129), 2, "z", Map.of("z".repeat(127), 3)));

        assertThat(custom.values()).containsOnlyKeys("custom." + "x".repeat(128));
        assertThat(custom.leftOut()).isEqualTo(2);
    }

    @Test
    void aNumberThatIsNoFiniteDoubleIsLeftOut() {
        CustomSeries custom = CustomSeries.of(Map.of("huge", new java.math.BigDecimal("1e999"), "n", 1L));

        assertThat(custom.values()).containsOnlyKeys("custom.n");
        assertThat(custom.leftOut()).isEqualTo(1);
    }

    private static CustomSeries of(String json) {
        String report = "{'cpu_percent': 1.0, 'memory_mb': 1.0, 'requests_handled': 1, 'custom_metrics': " + json + "}";
        return CustomSeries.of(
                Wire.readText(report.replace('\'', '"'), MetricsReport.class).customMetrics());
    }
}
