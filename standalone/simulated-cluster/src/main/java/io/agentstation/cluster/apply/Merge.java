package io.agentstation.cluster.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lays an applied configuration over a live object, list items by their keys. */
final class Merge {

    private Merge() {}

    /** A new tree; neither argument is changed. */
    static ObjectNode of(ObjectNode live, ObjectNode applied) {
        return objects(live, applied, List.of());
    }

    private static ObjectNode objects(ObjectNode live, ObjectNode applied, List<String> place) {
        ObjectNode merged = live.deepCopy();
        applied.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                List<String> below = Fields.with(place, field.getKey());
                merged.set(field.getKey(), values(merged.path(field.getKey()), field.getValue(), below));
            }
        });
        return merged;
    }

    private static JsonNode values(JsonNode live, JsonNode applied, List<String> place) {
        if (live instanceof ObjectNode liveObject
                && applied instanceof ObjectNode appliedObject
                && !Schema.isAtomicObject(place)) {
            return objects(liveObject, appliedObject, place);
        }
        if (live instanceof ArrayNode liveList && applied instanceof ArrayNode appliedList) {
            return lists(liveList, appliedList, place);
        }
        return applied instanceof ObjectNode object && !Schema.isAtomicObject(place)
                ? objects(Json.object(), object, place)
                : applied.deepCopy();
    }

    private static ArrayNode lists(ArrayNode live, ArrayNode applied, List<String> place) {
        ListType type = Schema.list(place);
        if (type.kind() == ListType.Kind.ATOMIC) {
            return applied.deepCopy();
        }
        List<JsonNode> appliedItems = applied.valueStream().toList();
        List<JsonNode> order =
                keepsOrder(live, appliedItems, type) ? live.valueStream().toList() : appliedItems;
        List<JsonNode> merged = new ArrayList<>();
        order.forEach(item -> add(merged, item, live, applied, type, place));
        appliedItems.forEach(item -> add(merged, item, live, applied, type, place));
        live.forEach(item -> add(merged, item, live, applied, type, place));
        return Json.array().addAll(merged);
    }

    /**
     * Whether the applied items already stand in this order, with others in between. If so the live order stays, so that
     * two managers who each own some items of a list do not turn them around for ever.
     */
    private static boolean keepsOrder(ArrayNode live, List<JsonNode> applied, ListType type) {
        List<Integer> positions = applied.stream()
                .map(item -> position(live, item, type))
                .filter(position -> position >= 0)
                .toList();
        return positions.equals(positions.stream().sorted().toList());
    }

    private static void add(
            List<JsonNode> merged,
            JsonNode item,
            ArrayNode live,
            ArrayNode applied,
            ListType type,
            List<String> place) {
        if (merged.stream().anyMatch(there -> same(there, item, type))) {
            return;
        }
        Optional<JsonNode> liveItem =
                live.valueStream().filter(other -> same(other, item, type)).findFirst();
        Optional<JsonNode> appliedItem =
                applied.valueStream().filter(other -> same(other, item, type)).findFirst();
        merged.add(
                liveItem.isPresent() && appliedItem.isPresent()
                        ? values(liveItem.get(), appliedItem.get(), Fields.with(place, "*"))
                        : item.deepCopy());
    }

    private static int position(ArrayNode live, JsonNode item, ListType type) {
        for (int i = 0; i < live.size(); i++) {
            if (same(live.get(i), item, type)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(JsonNode one, JsonNode other, ListType type) {
        return type.isSet() ? one.equals(other) : type.keyOf(one).equals(type.keyOf(other));
    }
}
