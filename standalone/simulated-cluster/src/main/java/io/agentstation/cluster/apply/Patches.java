package io.agentstation.cluster.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The patches that name no manager. Pure: arguments are not changed. */
public final class Patches {

    /** The JSON patch library speaks Jackson 2. */
    private static final ObjectMapper JACKSON_2 = new ObjectMapper();

    private static final String DIRECTIVE = "$patch";
    private static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList/";

    private Patches() {}

    /** JSON merge patch, RFC 7386. */
    public static ObjectNode merge(ObjectNode live, ObjectNode patch) {
        ObjectNode merged = live.deepCopy();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode below) {
                JsonNode there = merged.path(field.getKey());
                merged.set(field.getKey(), merge(there instanceof ObjectNode object ? object : Json.object(), below));
            } else {
                merged.set(field.getKey(), field.getValue().deepCopy());
            }
        });
        return merged;
    }

    /**
     * JSON patch, RFC 6902.
     *
     * @throws IllegalArgumentException when the patch is malformed or does not fit the object
     */
    public static JsonNode json(ObjectNode live, JsonNode patch) {
        try {
            return Json.read(JsonPatch.apply(JACKSON_2.readTree(patch.toString()), JACKSON_2.readTree(live.toString()))
                    .toString());
        } catch (JsonPatchException | JsonProcessingException e) {
            throw new IllegalArgumentException("the JSON patch cannot be applied: " + e.getMessage(), e);
        }
    }

    /** Strategic merge patch (Kubernetes, "Update API Objects in Place Using kubectl patch"): lists merge by key. */
    public static ObjectNode strategic(ObjectNode live, ObjectNode patch) {
        return strategic(live, patch, List.of());
    }

    private static ObjectNode strategic(ObjectNode live, ObjectNode patch, List<String> place) {
        boolean replaces = patch.path(DIRECTIVE).asString("").equals("replace");
        ObjectNode merged = replaces ? Json.object() : live.deepCopy();
        patch.properties().forEach(field -> {
            String name = field.getKey();
            if (name.startsWith(DELETE_FROM_LIST)) {
                removeAll(merged, name.substring(DELETE_FROM_LIST.length()), field.getValue());
            } else if (field.getValue().isNull()) {
                merged.remove(name);
            } else if (!name.startsWith("$")) {
                merged.set(name, value(merged.path(name), field.getValue(), Fields.with(place, name)));
            }
        });
        return merged;
    }

    private static JsonNode value(JsonNode live, JsonNode patch, List<String> place) {
        if (patch instanceof ObjectNode object) {
            return strategic(live instanceof ObjectNode there ? there : Json.object(), object, place);
        }
        ListType type = Schema.list(place);
        if (patch instanceof ArrayNode list && type.kind() != ListType.Kind.ATOMIC) {
            ArrayNode there = live instanceof ArrayNode array ? array : Json.array();
            return type.isSet() ? union(there, list) : items(there, list, type, place);
        }
        return patch.deepCopy();
    }

    private static ArrayNode items(ArrayNode live, ArrayNode patch, ListType type, List<String> place) {
        List<JsonNode> merged = new ArrayList<>(live.valueStream().toList());
        for (JsonNode item : patch) {
            // A patch may leave out the second key (the protocol of a port), so the keys it names decide.
            Optional<JsonNode> there = merged.stream()
                    .filter(other -> ListType.hasKey(other, type.keyOf(item)))
                    .findFirst();
            there.ifPresent(found -> {
                if (item.path(DIRECTIVE).asString("").equals("delete")) {
                    merged.remove(found);
                } else {
                    merged.set(merged.indexOf(found), value(found, item, Fields.with(place, "*")));
                }
            });
            if (there.isEmpty() && !item.has(DIRECTIVE)) {
                merged.add(item.deepCopy());
            }
        }
        return Json.array().addAll(merged);
    }

    private static ArrayNode union(ArrayNode live, ArrayNode patch) {
        ArrayNode union = live.deepCopy();
        patch.forEach(value -> {
            if (union.valueStream().noneMatch(value::equals)) {
                union.add(value);
            }
        });
        return union;
    }

    private static void removeAll(ObjectNode object, String list, JsonNode values) {
        if (object.path(list) instanceof ArrayNode array) {
            object.set(
                    list,
                    Json.array()
                            .addAll(array.valueStream()
                                    .filter(value -> values.valueStream().noneMatch(value::equals))
                                    .toList()));
        }
    }
}
