package io.agentstation.contracts.heartbeats;

import java.time.Duration;

/** How often an agent promises to beat (reference 000, "Heartbeat Intervals"); the durations are the documented defaults. */
public enum HeartbeatMode {
    EMERGENCY(Duration.ofSeconds(5)),
    IDLE(Duration.ofSeconds(30)),
    SLEEP(Duration.ofMinutes(15));

    private final Duration interval;

    HeartbeatMode(Duration interval) {
        this.interval = interval;
    }

    /** The longest time between two heartbeats that the mode allows. */
    public Duration interval() {
        return interval;
    }
}
