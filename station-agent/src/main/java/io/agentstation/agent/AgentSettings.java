package io.agentstation.agent;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import java.net.URI;
import java.time.Duration;

/**
 * Who an agent is, whom it reports to and how often.
 *
 * @param station         the Station's base URL, http or https, with or without a path
 * @param token           the agent's credential; never printed
 * @param interval        the longest time between two heartbeats
 * @param metricsInterval between two metrics reports
 */
public record AgentSettings(
        URI station, AgentId agent, String token, HeartbeatMode mode, Duration interval, Duration metricsInterval) {

    /** How often metrics are reported unless told otherwise. */
    public static final Duration DEFAULT_METRICS_INTERVAL = Duration.ofSeconds(60);

    private static final Duration LONGEST_GAP_WHEN_DUE = Duration.ofMillis(2_500);
    private static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(60);

    public AgentSettings {
        String scheme = String.valueOf(station.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || station.getHost() == null) {
            throw new IllegalArgumentException("the station's URL must be http(s)://host[:port][/path]: " + station);
        }
        // The value is a secret, so the message does not repeat it.
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the token must be visible ASCII characters without spaces");
        }
        requirePositive("interval", interval);
        requirePositive("metrics interval", metricsInterval);
    }

    /** The settings of an agent in a documented mode, with its interval. */
    public static AgentSettings of(URI station, AgentId agent, String token, HeartbeatMode mode) {
        return new AgentSettings(station, agent, token, mode, mode.interval(), DEFAULT_METRICS_INTERVAL);
    }

    /** How long after the interval the Station waits before it calls the agent unhealthy (design, section 4). */
    public Duration grace() {
        Duration quarter = interval.dividedBy(4);
        if (quarter.compareTo(SHORTEST_GRACE) < 0) {
            return SHORTEST_GRACE;
        }
        return quarter.compareTo(LONGEST_GRACE) > 0 ? LONGEST_GRACE : quarter;
    }

    /** The most that may ever lie between two attempts at one heartbeat (ADR 3, agent contract). */
    public Duration longestRetryGap() {
        return grace().dividedBy(2);
    }

    /** The most that may lie between two attempts while the heartbeat is new, or newly due; two fit into 5 s. */
    public Duration longestRetryGapWhenDue() {
        Duration gap = longestRetryGap();
        return gap.compareTo(LONGEST_GAP_WHEN_DUE) > 0 ? LONGEST_GAP_WHEN_DUE : gap;
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("the " + what + " must be positive: " + value);
        }
    }

    @Override
    public String toString() {
        return "AgentSettings[" + agent + " at " + station + ", " + mode + " every " + interval + "]";
    }
}
