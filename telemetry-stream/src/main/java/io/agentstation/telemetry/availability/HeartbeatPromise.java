package io.agentstation.telemetry.availability;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ticks.StallRule;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often agents promise to beat and when nobody can hear them; the detector's own settings, {@code station.liveness.*}:
 * both services must be given the same.
 *
 * @param intervals      per mode, the longest time between two heartbeats; a mode left out keeps its documented one
 * @param minGrace       the least that the detector grants beyond an interval: a shorter silence is never told
 * @param stallThreshold a gateway that is silent for longer stalls its partition
 * @param longStall      a stall above this is an outage
 * @param rosterSilence  a gateway that is silent for this long is no longer waited for
 */
@ConfigurationProperties("station.liveness")
public record HeartbeatPromise(
        Map<HeartbeatMode, Duration> intervals,
        Duration minGrace,
        Duration stallThreshold,
        Duration longStall,
        Duration rosterSilence) {

    public HeartbeatPromise(
            @Nullable Map<HeartbeatMode, Duration> intervals,
            @DefaultValue("1s") Duration minGrace,
            @DefaultValue("750ms") Duration stallThreshold,
            @DefaultValue("5s") Duration longStall,
            @DefaultValue("10s") Duration rosterSilence) {
        this.intervals = intervals == null ? Map.of() : Map.copyOf(intervals);
        this.minGrace = minGrace;
        this.stallThreshold = stallThreshold;
        this.longStall = longStall;
        this.rosterSilence = rosterSilence;
        this.intervals.forEach((mode, interval) -> {
            if (interval.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "station.liveness.intervals." + mode + " must be at least 1 ms: " + interval);
            }
        });
    }

    /** The documented numbers. */
    public static HeartbeatPromise documented() {
        return new HeartbeatPromise(
                null,
                Duration.ofSeconds(1),
                StallRule.DEFAULT.threshold(),
                StallRule.DEFAULT.longStall(),
                StallRule.DEFAULT.rosterSilence());
    }

    StallRule stallRule() {
        return new StallRule(stallThreshold, longStall, rosterSilence);
    }

    long intervalMs(HeartbeatMode mode) {
        return intervals.getOrDefault(mode, mode.interval()).toMillis();
    }
}
