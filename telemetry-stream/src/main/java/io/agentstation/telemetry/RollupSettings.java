package io.agentstation.telemetry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How reports become windows, {@code station.telemetry.rollups.*}.
 *
 * @param grace                how far a report's append time may lie behind the newest of its partition and still be counted
 *                             in a window that has ended
 * @param publishInterval      how often changed windows are published, and the state of all windows is committed
 * @param availabilityInterval how often the hours of an agent are published at most, in log time
 */
@ConfigurationProperties("station.telemetry.rollups")
record RollupSettings(
        @DefaultValue("5m") Duration grace,
        @DefaultValue("10s") Duration publishInterval,
        @DefaultValue("1m") Duration availabilityInterval) {

    private static final Duration LONGEST_GRACE = Duration.ofDays(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);

    RollupSettings {
        require(!grace.isNegative() && grace.compareTo(LONGEST_GRACE) <= 0, "grace must be 0 to 1d", grace);
        requireInterval("publish-interval", publishInterval);
        requireInterval("availability-interval", availabilityInterval);
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
