package io.agentstation.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.wire.Wire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AsSentTest {

    @ParameterizedTest
    @CsvSource({"330, 330", "330.0, 330", "12.5, 12.5", "0, 0", "9007199254740992, 9007199254740992", "1e300, 1.0E300"})
    void wholeNumbersHaveNoFraction(double value, String shown) {
        assertThat(Wire.writeText(AsSent.number(value))).isEqualTo(shown);
    }
}
