package io.agentstation.telemetry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How telemetry is written; prefix {@code station.telemetry}.
 *
 * @param group           prefix of the consumer groups, default {@code telemetry}
 * @param threadsPerTopic how many partitions of a topic are written side by side, default 1
 * @param writesInFlight  unacknowledged writes per thread at most, default 128
 * @param tryTimeout      how long one step of a batch may take before it is tried again, default 30 s; with three steps
 *                        still far below {@code max.poll.interval.ms}, 5 min
 * @param firstBackoff    wait before the first retry, default 200 ms; doubled with each further one
 * @param longestBackoff  longest wait between two tries, default 5 s
 */
@ConfigurationProperties("station.telemetry")
record TelemetrySettings(
        String group,
        Integer threadsPerTopic,
        Integer writesInFlight,
        Duration tryTimeout,
        Duration firstBackoff,
        Duration longestBackoff) {

    private static final Duration LONGEST_TRY = Duration.ofSeconds(60);

    TelemetrySettings(
            @Nullable String group,
            @Nullable Integer threadsPerTopic,
            @Nullable Integer writesInFlight,
            @Nullable Duration tryTimeout,
            @Nullable Duration firstBackoff,
            @Nullable Duration longestBackoff) {
        this.group = group == null ? "telemetry" : group;
        this.threadsPerTopic = threadsPerTopic == null ? 1 : threadsPerTopic;
        this.writesInFlight = writesInFlight == null ? 128 : writesInFlight;
        this.tryTimeout = tryTimeout == null ? Duration.ofSeconds(30) : tryTimeout;
        this.firstBackoff = firstBackoff == null ? Duration.ofMillis(200) : firstBackoff;
        this.longestBackoff = longestBackoff == null ? Duration.ofSeconds(5) : longestBackoff;
        require(!this.group.isBlank(), "group must not be blank", this.group);
        require(this.threadsPerTopic >= 1, "threads-per-topic must be at least 1", this.threadsPerTopic);
        require(this.writesInFlight >= 1, "writes-in-flight must be at least 1", this.writesInFlight);
        require(isWithin(this.tryTimeout, LONGEST_TRY), "try-timeout must be above 0 and at most 60s", this.tryTimeout);
        require(
                isWithin(this.firstBackoff, this.longestBackoff),
                "first-backoff must be above 0 and at most longest-backoff (" + this.longestBackoff + ")",
                this.firstBackoff);
    }

    private static boolean isWithin(Duration value, Duration most) {
        return !value.isNegative() && !value.isZero() && value.compareTo(most) <= 0;
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("station.telemetry." + rule + ": " + value);
        }
    }
}
