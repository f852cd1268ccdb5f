package io.agentstation.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class GatewaySettingsTest {

    private static GatewaySettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("station.gateway", GatewaySettings.class);
    }

    @Test
    void theDefaultsAreThese() {
        // When
        GatewaySettings settings = bind(Map.of());

        // Then
        assertThat(settings.baseDomain()).isEqualTo("is.plugged.in");
        assertThat(settings.namespace()).isEqualTo("agents");
        assertThat(settings.maxCpu()).isEqualTo("8");
        assertThat(settings.maxMemory()).isEqualTo("16Gi");
        assertThat(settings.allowedRegistries()).isEmpty();
        assertThat(settings.maxBody().toKilobytes()).isEqualTo(64);
        assertThat(settings.deleteWait()).hasSeconds(10);
        assertThat(settings.detectorBlindAfter()).hasSeconds(10);
        assertThat(settings.tickAtStart()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "max-cpu, fast",
        "max-memory, -1",
        "max-replicas, 0",
        "max-body, 2MB",
        "report-timeout, 1ms",
        "detector-blind-after, 1999ms",
        "detector-blind-after, 61m"
    })
    void aValueOutOfItsRangeIsNamed(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of("station.gateway." + key, value)))
                .rootCause()
                .hasMessageContaining("station.gateway." + key);
    }
}
