package io.agentstation.contracts.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.wire.Wire;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void twoWindowsAddUp() {
        Series both = Series.of(4).then(Series.of(1)).then(new Series(2, 8, 10, 8, 2));

        assertThat(both).isEqualTo(new Series(1, 8, 15, 8, 4));
        assertThat(both.avg()).isEqualTo(3.75);
    }

    @Test
    void theSumOfHugeValuesCanStillBeWritten() {
        Series huge = Series.of(Double.MAX_VALUE).then(Series.of(Double.MAX_VALUE));

        assertThat(Wire.read(Wire.write(huge), Series.class)).isEqualTo(huge);
    }
}
