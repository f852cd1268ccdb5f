package io.agentstation.store.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long telemetry is kept, counted from the broker's append of its newest record; prefix {@code station.store.retention}.
 * Writers give each row what is left of it to live, readers look no further back.
 *
 * @param heartbeats default 7 days
 * @param metrics    reports as they came, default 30 days
 * @param minutes    roll-ups of a minute, default 30 days
 * @param hours      roll-ups and availability of an hour, default 400 days
 */
public record Retention(Duration heartbeats, Duration metrics, Duration minutes, Duration hours) {

    // The longest time to live that Cassandra takes (Attributes.MAX_TTL).
    private static final Duration LONGEST = Duration.ofDays(20 * 365);

    public Retention(
            @Nullable Duration heartbeats,
            @Nullable Duration metrics,
            @Nullable Duration minutes,
            @Nullable Duration hours) {
        this.heartbeats = require("heartbeats", heartbeats == null ? Duration.ofDays(7) : heartbeats);
        this.metrics = require("metrics", metrics == null ? Duration.ofDays(30) : metrics);
        this.minutes = require("minutes", minutes == null ? Duration.ofDays(30) : minutes);
        this.hours = require("hours", hours == null ? Duration.ofDays(400) : hours);
    }

    /** What holds when nothing is configured. */
    public static Retention defaults() {
        return new Retention(null, null, null, null);
    }

    /**
     * For how many seconds from now a row is to live that is kept from this moment on; at least 1, since 0 would be for
     * ever. In whole seconds of both clocks, as Cassandra counts: a row that is written again later ends no later.
     */
    public static int secondsLeft(Duration kept, Instant from, Instant now) {
        Instant end = from.plus(kept);
        long lastSecond = end.getEpochSecond() + (end.getNano() > 0 ? 1 : 0);
        return (int) Math.max(1, lastSecond - now.getEpochSecond());
    }

    private static Duration require(String what, Duration kept) {
        if (kept.compareTo(Duration.ofSeconds(1)) < 0 || kept.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("station.store.retention." + what + " must be at least 1 s and at most "
                    + LONGEST.toDays() + " days: " + kept);
        }
        return kept;
    }
}
