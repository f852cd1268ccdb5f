package io.agentstation.contracts.agents;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who sends an agent's heartbeats. */
public enum HeartbeatSource {
    /** The program in the agent's own container. */
    AGENT,
    /** A station-agent beside it, as long as the agent's container is ready: for images that know nothing of a Station. */
    SIDECAR;

    /** Reads the wire form. */
    @JsonCreator
    public static HeartbeatSource of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The wire form, lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
