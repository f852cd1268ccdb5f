package io.agentstation.cluster.apply;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a list is merged: as one value (atomic), as a set of scalars, or as a map of items by their keys.
 *
 * @param keys the fields that identify an item, sorted; empty for a set or an atomic list
 */
record ListType(Kind kind, List<String> keys) {

    enum Kind {
        ATOMIC,
        SET,
        MAP
    }

    static final ListType ATOMIC = new ListType(Kind.ATOMIC, List.of());
    static final ListType SET = new ListType(Kind.SET, List.of());

    /** Keys that the API server fills in when they are absent. */
    private static final Map<String, String> KEY_DEFAULTS = Map.of("protocol", "TCP");

    static ListType mapBy(String... keys) {
        return new ListType(Kind.MAP, List.of(keys).stream().sorted().toList());
    }

    boolean isSet() {
        return kind == Kind.SET;
    }

    boolean isMap() {
        return kind == Kind.MAP;
    }

    /** The item's keys as JSON with sorted names, defaults filled in; keys that are absent are left out. */
    ObjectNode keyOf(JsonNode item) {
        Map<String, JsonNode> found = new TreeMap<>();
        keys.forEach(key -> {
            JsonNode value = valueOf(item, key);
            if (!value.isMissingNode()) {
                found.put(key, value);
            }
        });
        ObjectNode json = Json.object();
        found.forEach(json::set);
        return json;
    }

    /** Whether an item has these keys. */
    static boolean hasKey(JsonNode item, JsonNode keys) {
        return keys.propertyStream().allMatch(key -> valueOf(item, key.getKey()).equals(key.getValue()));
    }

    private static JsonNode valueOf(JsonNode item, String key) {
        JsonNode value = item.path(key);
        String standard = KEY_DEFAULTS.get(key);
        return value.isMissingNode() && standard != null ? Json.mapper().stringNode(standard) : value;
    }
}
