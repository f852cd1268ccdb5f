package io.agentstation.gateway.agents;

import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads {@code env}: names that a shell takes, string values, 64 KiB in all; {@code STATION_} is the station's own. */
final class EnvironmentRules {

    private static final String FIELD = "env";
    private static final String RESERVED = "STATION_";
    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,252}");

    private EnvironmentRules() {}

    /** The variables; those that are wrong are noted, and never their values. */
    static SortedMap<String, String> read(JsonForm body) {
        Optional<JsonForm> form = body.object(FIELD);
        if (form.isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, String> variables = new TreeMap<>();
        for (String name : form.get().names()) {
            value(form.get(), name).ifPresent(value -> variables.put(name, value));
        }
        if (bytes(variables) > MOST_BYTES) {
            body.problem(FIELD, "env must be at most " + MOST_BYTES + " bytes, names and values together");
        }
        return variables;
    }

    private static Optional<String> value(JsonForm form, String name) {
        String shown = Problems.shortened(name);
        if (!NAME.matcher(name).matches()) {
            form.problem(shown, "env: \"" + shown + "\" is not a name of an environment variable");
            return Optional.empty();
        }
        if (name.startsWith(RESERVED)) {
            form.problem(shown, "env: names that begin with STATION_ are reserved: \"" + shown + "\"");
            return Optional.empty();
        }
        Optional<String> value = form.value(name).flatMap(JsonNode::stringValueOpt);
        if (value.isEmpty()) {
            form.problem(shown, "env: the value of \"" + shown + "\" must be a string");
        }
        return value;
    }

    private static int bytes(SortedMap<String, String> variables) {
        return variables.entrySet().stream()
                .mapToInt(variable -> length(variable.getKey()) + length(variable.getValue()))
                .sum();
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
