package io.agentstation.liveness.silence;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ticks.StallRule;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The numbers of the liveness rule, {@code station.liveness.*}.
 *
 * @param intervals           per mode, the longest time between two heartbeats; a mode left out keeps its documented one
 * @param minGrace            the least that is added to an interval
 * @param maxGrace            the most that is added to an interval
 * @param stallGrace          the most that is granted after a short stall; at least twice as long as the agent contract
 *                            lets attempts at a due heartbeat lie apart (2.5 s), so that two fit
 * @param tickPeriod          how often each gateway ticks
 * @param stallThreshold      a gateway that is silent for longer stalls its partition
 * @param longStall           a stall above this is an outage: agents get a whole interval after it
 * @param rosterSilence       a gateway that is silent for this long is no longer waited for
 * @param maxUnhealthyPerTick how many agents one tick may call unhealthy, per partition
 * @param unknownRetention    how long facts about an agent without a Provision are kept, in log time
 * @param maxUnknownAgents    how many such agents a partition keeps; the oldest go first
 * @param terminalRetention   how long a terminal agent is remembered, in log time
 * @param fleetPeriod         how often changed fleet counts are written
 */
@ConfigurationProperties("station.liveness")
public record LivenessSettings(
        Map<HeartbeatMode, Duration> intervals,
        Duration minGrace,
        Duration maxGrace,
        Duration stallGrace,
        Duration tickPeriod,
        Duration stallThreshold,
        Duration longStall,
        Duration rosterSilence,
        int maxUnhealthyPerTick,
        Duration unknownRetention,
        int maxUnknownAgents,
        Duration terminalRetention,
        Duration fleetPeriod) {

    private static final int GRACE_DIVISOR = 4;

    /** Binds; see the record for the meaning of each value. */
    public LivenessSettings(
            @Nullable Map<HeartbeatMode, Duration> intervals,
            @DefaultValue("1s") Duration minGrace,
            @DefaultValue("60s") Duration maxGrace,
            @DefaultValue("5s") Duration stallGrace,
            @DefaultValue("250ms") Duration tickPeriod,
            @DefaultValue("750ms") Duration stallThreshold,
            @DefaultValue("5s") Duration longStall,
            @DefaultValue("10s") Duration rosterSilence,
            @DefaultValue("10000") int maxUnhealthyPerTick,
            @DefaultValue("1h") Duration unknownRetention,
            @DefaultValue("10000") int maxUnknownAgents,
            @DefaultValue("7d") Duration terminalRetention,
            @DefaultValue("250ms") Duration fleetPeriod) {
        this.intervals = complete(intervals == null ? Map.of() : intervals);
        this.minGrace = positive("min-grace", minGrace);
        this.maxGrace = atLeast("max-grace", maxGrace, "min-grace", minGrace);
        this.stallGrace = atLeast("stall-grace", stallGrace, "min-grace", minGrace);
        this.tickPeriod = positive("tick-period", tickPeriod);
        this.stallThreshold =
                atLeast("stall-threshold", stallThreshold, "twice tick-period", tickPeriod.multipliedBy(2));
        this.longStall = atLeast("long-stall", longStall, "stall-threshold", stallThreshold);
        this.rosterSilence = atLeast("roster-silence", rosterSilence, "long-stall", longStall);
        this.maxUnhealthyPerTick = positive("max-unhealthy-per-tick", maxUnhealthyPerTick);
        this.unknownRetention = positive("unknown-retention", unknownRetention);
        this.maxUnknownAgents = positive("max-unknown-agents", maxUnknownAgents);
        this.terminalRetention = positive("terminal-retention", terminalRetention);
        this.fleetPeriod = positive("fleet-period", fleetPeriod);
    }

    /** The documented numbers. */
    public static LivenessSettings defaults() {
        return withIntervals(Map.of());
    }

    /** The documented numbers, but for some modes' intervals. */
    public static LivenessSettings withIntervals(Map<HeartbeatMode, Duration> intervals) {
        return new LivenessSettings(
                intervals,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofMillis(250),
                Duration.ofMillis(750),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                10_000,
                Duration.ofHours(1),
                10_000,
                Duration.ofDays(7),
                Duration.ofMillis(250));
    }

    /** When a partition counts as stalled. */
    public StallRule stallRule() {
        return new StallRule(stallThreshold, longStall, rosterSilence);
    }

    /** The longest time between two heartbeats in a mode, in milliseconds. */
    public long intervalMs(HeartbeatMode mode) {
        Duration interval = intervals.get(mode);
        return (interval == null ? mode.interval() : interval).toMillis();
    }

    /** What a mode's interval may be overrun by, in milliseconds: a quarter of it, within the limits. */
    public long graceMs(HeartbeatMode mode) {
        return Math.min(Math.max(intervalMs(mode) / GRACE_DIVISOR, minGrace.toMillis()), maxGrace.toMillis());
    }

    /** What an agent in this mode gets after a short stall, in milliseconds: its grace, or less. */
    public long stallGraceMs(HeartbeatMode mode) {
        return Math.min(graceMs(mode), stallGrace.toMillis());
    }

    private static Map<HeartbeatMode, Duration> complete(Map<HeartbeatMode, Duration> given) {
        Map<HeartbeatMode, Duration> all = new EnumMap<>(HeartbeatMode.class);
        for (HeartbeatMode mode : HeartbeatMode.values()) {
            all.put(mode, positive("intervals." + mode, given.getOrDefault(mode, mode.interval())));
        }
        return Map.copyOf(all);
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.toMillis() == 0) {
            throw new IllegalArgumentException("station.liveness." + name + " must be above 0: " + value);
        }
        return value;
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("station.liveness." + name + " must be at least 1: " + value);
        }
        return value;
    }

    private static Duration atLeast(String name, Duration value, String otherName, Duration other) {
        if (value.compareTo(other) < 0) {
            throw new IllegalArgumentException(
                    "station.liveness." + name + " (" + value + ") must be at least " + otherName + " (" + other + ")");
        }
        return value;
    }
}
