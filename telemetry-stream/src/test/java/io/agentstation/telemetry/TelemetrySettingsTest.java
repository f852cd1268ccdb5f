package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TelemetrySettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new TelemetrySettings(
                        "telemetry", 1, 128, Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofSeconds(5)));
    }

    @Test
    void everySettingIsBound() {
        assertThat(bind(Map.of(
                        "station.telemetry.group", "other",
                        "station.telemetry.threads-per-topic", "4",
                        "station.telemetry.writes-in-flight", "64",
                        "station.telemetry.try-timeout", "10s",
                        "station.telemetry.first-backoff", "1s",
                        "station.telemetry.longest-backoff", "1m")))
                .isEqualTo(new TelemetrySettings(
                        "other", 4, 64, Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "group, ' ', ' '",
        "threads-per-topic, 0, 0",
        "writes-in-flight, 0, 0",
        "try-timeout, 0s, PT0S",
        "try-timeout, 61s, PT1M1S",
        "first-backoff, 6s, PT6S",
        "first-backoff, 0s, PT0S",
        "longest-backoff, 1ms, PT0.001S"
    })
    void whatCannotBeIsRefusedWithItsValue(String setting, String value, String shown) {
        assertThatThrownBy(() -> bind(Map.of("station.telemetry." + setting, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("station.telemetry.")
                .hasMessageContaining(setting)
                .hasMessageContaining(shown);
    }

    private static TelemetrySettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("station.telemetry", TelemetrySettings.class);
    }
}
