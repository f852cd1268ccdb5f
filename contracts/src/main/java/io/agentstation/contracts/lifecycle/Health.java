package io.agentstation.contracts.lifecycle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether an agent keeps its promise to beat; beside the state, not part of it. */
public enum Health {
    /** Never heard, or not watched. */
    UNKNOWN,
    HEALTHY,
    /** Missed an interval: AGENT_UNHEALTHY, code 480. */
    UNHEALTHY;

    /** Reads the wire form. */
    @JsonCreator
    public static Health of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The wire form, lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
