package io.agentstation.telemetry;

import io.agentstation.telemetry.streams.StoreKind;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the windows are run, {@code station.telemetry.streams.*}.
 *
 * @param enabled     whether this process fills windows at all; it needs the station key then
 * @param stores      where the state lies
 * @param stateDir    where Kafka Streams keeps files; its own default when left out
 * @param threads     stream threads of this process
 * @param stopTimeout how long an orderly stop may take
 */
@ConfigurationProperties("station.telemetry.streams")
record StreamsSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("disk") StoreKind stores,
        @Nullable Path stateDir,
        @DefaultValue("1") int threads,
        @DefaultValue("5s") Duration stopTimeout) {

    StreamsSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("station.telemetry.streams.threads must be at least 1: " + threads);
        }
    }
}
