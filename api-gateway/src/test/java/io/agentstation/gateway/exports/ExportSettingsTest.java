package io.agentstation.gateway.exports;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExportSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, PT1S, at-once",
        "51, 1, PT1S, at-once",
        "4, 0, PT1S, per-workspace",
        "4, 5, PT1S, per-workspace",
        "4, 2, PT0S, longest",
        "4, 2, PT-1S, longest"
    })
    void whatIsOutOfItsRangeIsNamed(int atOnce, int perWorkspace, Duration longest, String key) {
        assertThatThrownBy(() -> new ExportSettings(atOnce, perWorkspace, longest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("station.gateway.exports." + key);
    }
}
