package io.agentstation.benchmarks.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void theRatioIsThatOfTheMedians() {
        Figures figures = new Figures();
        for (double rate : List.of(30_000.0, 10_000.0, 20_000.0)) {
            figures.writer(Kind.HEARTBEATS, rate);
            figures.loop(Kind.HEARTBEATS, rate / 2);
        }

        assertThat(figures.table())
                .contains("| HEARTBEATS | 20000 [30000, 10000, 20000] | 10000 [15000, 5000, 10000] | 2.00 |");
    }

    @Test
    void aPercentileIsAValueThatWasMeasured() {
        List<Double> hundred =
                IntStream.rangeClosed(1, 100).asDoubleStream().boxed().toList();

        assertThat(Figures.percentile(hundred, 0.5)).isEqualTo(50);
        assertThat(Figures.percentile(hundred, 0.99)).isEqualTo(99);
        assertThat(Figures.percentile(hundred, 1)).isEqualTo(100);
        assertThat(Figures.percentile(List.of(7.0), 0.01)).isEqualTo(7);
    }

    @Test
    void aPlanHasDefaultsAndBounds() {
        assertThat(Plan.parse()).isEqualTo(new Plan(2_000, 3, 600_000));
        assertThat(Plan.parse("10", "1", "5000")).isEqualTo(new Plan(10, 1, 5_000));
        assertThatThrownBy(() -> Plan.parse("0")).hasMessageContaining("agents 0, rounds 3, reports 600000");
    }
}
