package io.agentstation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.webhooks.lanes.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DispatcherSettingsTest {

    private static DispatcherSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("station.webhooks", DispatcherSettings.class);
    }

    @Test
    void theDefaultsAreStrictAndTheStandards() {
        DispatcherSettings settings = bind(Map.of());

        assertThat(settings.allowHttp()).isFalse();
        assertThat(settings.allowPrivateAddresses()).isFalse();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.retryWaits()).isEqualTo(RetryPolicy.STANDARD);
        assertThat(settings.disableAfter()).isEqualTo(Duration.ofDays(5));
    }

    @ParameterizedTest
    @CsvSource({
        "concurrency,0",
        "concurrency,1001",
        "recovering,-1",
        "connections,0",
        "threads,0",
        "connect-timeout,0s",
        "timeout,4s",
        "store-after,0s",
        "take-within,5m",
        "retry-waits,0s",
        "disable-after,0s",
        "lanes-in-memory,0"
    })
    void aValueThatCannotWorkIsRefusedByName(String property, String value) {
        assertThatThrownBy(() -> bind(Map.of("station.webhooks." + property, value)))
                .rootCause()
                .hasMessageContaining("station.webhooks." + property);
    }
}
