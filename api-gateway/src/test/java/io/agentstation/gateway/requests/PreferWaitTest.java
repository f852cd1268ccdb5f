package io.agentstation.gateway.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PreferWaitTest {

    private static final Duration OTHERWISE = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=0|0",
                "wait=60|60",
                "WAIT = 7|7",
                "respond-async, wait=3|3",
                "respond-async|10",
                "waiting=3|10"
            })
    void theWaitIsFoundAmongPreferences(String header, long seconds) {
        assertThat(PreferWait.of(List.of(header), OTHERWISE)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=61", "wait=-1", "wait=", "wait=1.5", "wait=999999999999"})
    void aWaitThatIsNoneIsRefused(String header) {
        assertThatThrownBy(() -> PreferWait.of(List.of(header), OTHERWISE)).hasMessageContaining("from 0 to 60");
    }
}
