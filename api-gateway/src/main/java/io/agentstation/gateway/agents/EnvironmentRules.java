package io.agentstation.gateway.agents;

import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
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
        requireSize(body, variables);
        return variables;
    }

    /** The variables to set; those that are null in the body, which removes them, have no value. */
    static SortedMap<String, Optional<String>> readChanges(JsonForm body) {
        Optional<JsonForm> form = body.object(FIELD);
        SortedMap<String, Optional<String>> changes = new TreeMap<>();
        SortedMap<String, String> values = new TreeMap<>();
        for (String name : form.map(JsonForm::names).orElse(List.of())) {
            JsonForm variables = form.orElseThrow();
            if (variables.value(name).isEmpty() && isName(variables, name)) {
                changes.put(name, Optional.empty());
            } else if (variables.value(name).isPresent()) {
                value(variables, name).ifPresent(value -> values.put(name, value));
            }
        }
        requireSize(body, values);
        values.forEach((name, value) -> changes.put(name, Optional.of(value)));
        return changes;
    }

    private static void requireSize(JsonForm body, SortedMap<String, String> variables) {
        if (bytes(variables) > MOST_BYTES) {
            body.problem(FIELD, "env must be at most " + MOST_BYTES + " bytes, names and values together");
        }
    }

    private static Optional<String> value(JsonForm form, String name) {
        if (!isName(form, name)) {
            return Optional.empty();
        }
        String shown = Problems.shortened(name);
        Optional<String> value = form.value(name).flatMap(JsonNode::stringValueOpt);
        if (value.isEmpty()) {
            form.problem(shown, "env: the value of \"" + shown + "\" must be a string");
        }
        return value;
    }

    private static boolean isName(JsonForm form, String name) {
        String shown = Problems.shortened(name);
        if (!NAME.matcher(name).matches()) {
            form.problem(shown, "env: \"" + shown + "\" is not a name of an environment variable");
            return false;
        }
        if (name.startsWith(RESERVED)) {
            form.problem(shown, "env: names that begin with STATION_ are reserved: \"" + shown + "\"");
            return false;
        }
        return true;
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
