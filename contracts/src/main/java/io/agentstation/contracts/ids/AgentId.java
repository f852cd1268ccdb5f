package io.agentstation.contracts.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Identifies one agent for ever: a UUIDv7 (RFC 9562), so that ids sort by creation time.
 *
 * <p>Its text, the 36 lower-case characters, is the Kafka key of every record about the agent.
 */
public record AgentId(UUID value) implements Comparable<AgentId> {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /**
     * Reads the 36-character form, in either case.
     *
     * @throws IllegalArgumentException when the text is not a UUID in that form
     */
    @JsonCreator
    public static AgentId of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("agent id must be a UUID of 36 characters: " + text));
    }

    /** Reads the 36-character form, in either case; empty for anything else (also for the short forms that the JDK takes). */
    public static Optional<AgentId> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(new AgentId(UUID.fromString(text))) : Optional.empty();
    }

    /** The Kafka key: lower-case, 36 characters. */
    @JsonValue
    @Override
    public String toString() {
        return value.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(AgentId other) {
        return toString().compareTo(other.toString());
    }
}
