package io.agentstation.contracts.heartbeats;

/**
 * One sign of life: the mode and the uptime, and nothing else, so that no payload can delay it.
 *
 * @param uptimeSeconds finite, at least 0; fractions allowed
 */
public record Heartbeat(HeartbeatMode mode, double uptimeSeconds) {

    public Heartbeat {
        if (!Double.isFinite(uptimeSeconds) || uptimeSeconds < 0) {
            throw new IllegalArgumentException(
                    "uptime_seconds must be a finite number of at least 0: " + uptimeSeconds);
        }
    }
}
