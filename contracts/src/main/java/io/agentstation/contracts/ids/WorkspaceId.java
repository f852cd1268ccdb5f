package io.agentstation.contracts.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/** Identifies a workspace, the tenant: a DNS label of 1 to 63 characters. */
public record WorkspaceId(String value) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public WorkspaceId {
        if (!LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "workspace must be 1 to 63 lower-case letters, digits and hyphens: " + value);
        }
    }

    /** Reads the id's text; see the constructor for the rule. */
    @JsonCreator
    public static WorkspaceId of(String text) {
        return new WorkspaceId(text);
    }

    /** Reads the id's text; empty when it breaks the constructor's rule. */
    public static Optional<WorkspaceId> parse(String text) {
        return LABEL.matcher(text).matches() ? Optional.of(new WorkspaceId(text)) : Optional.empty();
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
