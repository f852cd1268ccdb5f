package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.telemetry.availability.HeartbeatPromise;
import io.agentstation.telemetry.streams.StoreKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WindowSettingsTest {

    @Test
    void defaultsAreTheDocumentedOnes() {
        assertThat(bind("station.telemetry.rollups", RollupSettings.class, Map.of()))
                .isEqualTo(new RollupSettings(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofMinutes(1)));
        assertThat(bind("station.telemetry.streams", StreamsSettings.class, Map.of()))
                .isEqualTo(new StreamsSettings(true, StoreKind.DISK, null, 1, Duration.ofSeconds(5)));
        assertThat(bind("station.liveness", HeartbeatPromise.class, Map.of())).isEqualTo(HeartbeatPromise.documented());
    }

    @Test
    void theDetectorsIntervalsAreTakenFromTheSameProperties() {
        HeartbeatPromise promise = bind(
                "station.liveness",
                HeartbeatPromise.class,
                Map.of("station.liveness.intervals.IDLE", "7s", "station.liveness.drain-retention", "1h"));

        assertThat(promise.intervals()).isEqualTo(Map.of(HeartbeatMode.IDLE, Duration.ofSeconds(7)));
    }

    @Test
    void intervalsThatWouldNeverOrAlwaysPublishAreRefused() {
        assertThatThrownBy(() -> bind(
                        "station.telemetry.rollups",
                        RollupSettings.class,
                        Map.of("station.telemetry.rollups.publish-interval", "0s")))
                .isInstanceOf(BindException.class)
                .hasStackTraceContaining("station.telemetry.rollups.publish-interval must be 1ms to 5m: PT0S");
        assertThatThrownBy(() -> bind(
                        "station.telemetry.rollups",
                        RollupSettings.class,
                        Map.of("station.telemetry.rollups.grace", "-1s")))
                .hasStackTraceContaining("grace must be 0 to 1d: PT-1S");
    }

    @Test
    void resultsAreExactlyOnceAndCommittedAtThePublishingRate() {
        var properties = new StreamsProperties(
                        Map.of("bootstrap.servers", "none:1"),
                        "windows",
                        new StreamsSettings(true, StoreKind.MEMORY, Path.of("state"), 1, Duration.ofSeconds(5)),
                        Duration.ofSeconds(10))
                .toProperties();

        assertThat(properties)
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
                .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 10_000L)
                .containsEntry("producer.transaction.timeout.ms", 20_000)
                .containsEntry(StreamsConfig.STATE_DIR_CONFIG, "state");
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
    }
}
