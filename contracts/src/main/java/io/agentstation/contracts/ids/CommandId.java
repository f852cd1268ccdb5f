package io.agentstation.contracts.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one command; the observation and the lifecycle events that answer it carry it as {@code caused_by}. */
public record CommandId(UUID value) {

    /**
     * Reads the 36-character form.
     *
     * @throws IllegalArgumentException when the text is not a UUID
     */
    @JsonCreator
    public static CommandId of(String text) {
        return new CommandId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
