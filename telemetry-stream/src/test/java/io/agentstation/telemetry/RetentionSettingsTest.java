package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.store.session.Retention;
import io.agentstation.store.session.StoreSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Retention comes from the configuration of every service that opens the store. */
class RetentionSettingsTest {

    @Test
    void everyRetentionIsBound() {
        assertThat(bind(Map.of(
                                "station.store.retention.heartbeats", "2d",
                                "station.store.retention.metrics", "3d",
                                "station.store.retention.minutes", "4d",
                                "station.store.retention.hours", "500d"))
                        .retention())
                .isEqualTo(new Retention(
                        Duration.ofDays(2), Duration.ofDays(3), Duration.ofDays(4), Duration.ofDays(500)));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        assertThat(bind(Map.of()).retention()).isEqualTo(Retention.defaults());
        assertThat(bind(Map.of("station.store.retention.metrics", "1d"))
                        .retention()
                        .heartbeats())
                .isEqualTo(Duration.ofDays(7));
    }

    @Test
    void whatCannotBeIsRefusedWithItsValue() {
        assertThatThrownBy(() -> bind(Map.of("station.store.retention.heartbeats", "-1d")))
                .rootCause()
                .hasMessageContaining("station.store.retention.heartbeats")
                .hasMessageContaining("PT-24H");
    }

    private static StoreSettings bind(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("station.store.contact-points", "localhost:9042");
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("station.store", StoreSettings.class);
    }
}
