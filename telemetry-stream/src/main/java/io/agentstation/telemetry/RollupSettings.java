package io.agentstation.telemetry;

import io.agentstation.telemetry.streams.StoreKind;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How reports become windows and hours, {@code station.telemetry.rollups.*}.
 *
 * @param enabled              whether this process does it at all; it needs the station key then
 * @param grace                how far a report's append time may lie behind the newest of its partition and still be counted
 *                             in a window that has ended
 * @param publishInterval      how often changed windows are published, and the state is committed
 * @param availabilityInterval how often the hours of an agent are published at most, in log time
 * @param stores               where the state lies
 * @param stateDir             where Kafka Streams keeps files; its own default when left out
 * @param threads              stream threads of this process
 * @param stopTimeout          how long an orderly stop may take
 */
@ConfigurationProperties("station.telemetry.rollups")
record RollupSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("5m") Duration grace,
        @DefaultValue("10s") Duration publishInterval,
        @DefaultValue("1m") Duration availabilityInterval,
        @DefaultValue("disk") StoreKind stores,
        @Nullable Path stateDir,
        @DefaultValue("1") int threads,
        @DefaultValue("5s") Duration stopTimeout) {

    private static final Duration LONGEST_GRACE = Duration.ofDays(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);

    RollupSettings {
        require(!grace.isNegative() && grace.compareTo(LONGEST_GRACE) <= 0, "grace must be 0 to 1d", grace);
        requireInterval("publish-interval", publishInterval);
        requireInterval("availability-interval", availabilityInterval);
        require(threads >= 1, "threads must be at least 1", threads);
    }

    private static void requireInterval(String name, Duration value) {
        require(value.toMillis() >= 1 && value.compareTo(LONGEST_INTERVAL) <= 0, name + " must be 1ms to 5m", value);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("station.telemetry.rollups." + rule + ": " + value);
        }
    }
}
