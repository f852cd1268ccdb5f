package io.agentstation.benchmarks.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class ResultsTest {

    @Test
    void ratiosAreThoseOfMediansAndOfPairs() {
        Results results = new Results();
        for (double cost : List.of(1.0, 2.0, 4.0)) {
            results.add(Side.NO_OP, cost(cost));
            results.add(Side.DETECTOR, cost(cost * 2));
            results.add(Side.TEXTBOOK, cost(12.0));
        }

        assertThat(Results.median(List.of(3.0, 1.0, 2.0, 4.0))).isEqualTo(2.5);
        assertThat(results.table())
                .contains("| DETECTOR | 4.00 | 0.250 |")
                .contains("no-op's cost / detector's cost: 0.50 (ratio of medians), 0.50 (median of pairs)")
                .contains("textbook's cost / detector's cost: 3.00 (ratio of medians), 3.00 (median of pairs)")
                .contains("pairs [6.00, 3.00, 1.50]");
    }

    @Test
    void onlyTheApplicationsChangelogsAreCounted() {
        Map<MetricName, Metric> metrics =
                Map.of(name("app-watches-changelog"), metric(7.0), name("agent.lifecycle"), metric(5.0));

        assertThat(Changelogs.totals("app", "byte-total", metrics)).isEqualTo(Map.of("watches", 7.0));
    }

    @Test
    void anArrayTakesWholeWords() {
        assertThat(FactsSize.array(36)).isEqualTo(56);
        assertThat(FactsSize.array(8)).isEqualTo(24);
    }

    private static Properties cost(double value) {
        Properties figures = new Properties();
        figures.setProperty(Figure.CPU_S_PER_MILLION, Double.toString(value));
        return figures;
    }

    private static MetricName name(String topic) {
        return new MetricName("byte-total", "producer-topic-metrics", "", Map.of("topic", topic));
    }

    private static Metric metric(double value) {
        return new Metric() {
            @Override
            public MetricName metricName() {
                return name("any");
            }

            @Override
            public Object metricValue() {
                return value;
            }
        };
    }
}
