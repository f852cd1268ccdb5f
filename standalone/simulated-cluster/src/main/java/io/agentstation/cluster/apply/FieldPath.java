package io.agentstation.cluster.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a field is, in the steps of Kubernetes' FieldsV1: {@code f:<field>}, {@code k:<keys of a list item>},
 * {@code v:<value in a set>}.
 */
record FieldPath(List<String> steps) implements Comparable<FieldPath> {

    static final FieldPath ROOT = new FieldPath(List.of());

    private static final String FIELD = "f:";
    private static final String ITEM = "k:";
    private static final String VALUE = "v:";

    FieldPath {
        steps = List.copyOf(steps);
    }

    FieldPath field(String name) {
        return step(FIELD + name);
    }

    FieldPath item(ListType type, JsonNode item) {
        return step(type.isSet() ? VALUE + item : ITEM + type.keyOf(item));
    }

    FieldPath step(String step) {
        List<String> longer = new ArrayList<>(steps);
        longer.add(step);
        return new FieldPath(longer);
    }

    boolean isItem() {
        return !steps.isEmpty() && !last().startsWith(FIELD);
    }

    /** Whether it is a field by which a list's item is identified. */
    boolean isKey() {
        return steps.size() > 1
                && parent().last().startsWith(ITEM)
                && Json.read(parent().last().substring(ITEM.length())).has(last().substring(FIELD.length()));
    }

    String last() {
        return steps.get(steps.size() - 1);
    }

    FieldPath parent() {
        return new FieldPath(steps.subList(0, steps.size() - 1));
    }

    boolean startsWith(FieldPath other) {
        return steps.size() >= other.steps.size()
                && steps.subList(0, other.steps.size()).equals(other.steps);
    }

    /** The node here, if it is there. */
    Optional<JsonNode> in(JsonNode root) {
        JsonNode node = root;
        for (String step : steps) {
            Optional<JsonNode> next = child(node, step);
            if (next.isEmpty()) {
                return next;
            }
            node = next.get();
        }
        return Optional.of(node);
    }

    /** Takes the node here out of its parent; does nothing when it is not there. */
    void removeFrom(JsonNode root) {
        parent().in(root).ifPresent(holder -> child(holder, last()).ifPresent(found -> take(holder, found)));
    }

    private void take(JsonNode holder, JsonNode found) {
        if (holder instanceof ObjectNode object) {
            object.remove(last().substring(FIELD.length()));
        } else if (holder instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).equals(found)) {
                    array.remove(i);
                    return;
                }
            }
        }
    }

    private static Optional<JsonNode> child(JsonNode node, String step) {
        String rest = step.substring(2);
        if (step.startsWith(FIELD)) {
            return node.optional(rest);
        }
        JsonNode wanted = Json.read(rest);
        return node.valueStream()
                .filter(item -> step.startsWith(ITEM) ? ListType.hasKey(item, wanted) : item.equals(wanted))
                .findFirst();
    }

    /** As Kubernetes prints it in conflicts: {@code .spec.template.spec.containers[name="app"].image}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String step : steps) {
            String rest = step.substring(2);
            if (step.startsWith(FIELD)) {
                text.append('.').append(rest);
            } else if (step.startsWith(VALUE)) {
                text.append('[').append('=').append(rest).append(']');
            } else {
                text.append('[').append(printedKeys(rest)).append(']');
            }
        }
        return text.toString();
    }

    private static String printedKeys(String keys) {
        return String.join(
                ",",
                Json.read(keys)
                        .propertyStream()
                        .map(key -> key.getKey() + "=" + key.getValue())
                        .toList());
    }

    @Override
    public int compareTo(FieldPath other) {
        int common = Math.min(steps.size(), other.steps.size());
        for (int i = 0; i < common; i++) {
            int order = steps.get(i).compareTo(other.steps.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(steps.size(), other.steps.size());
    }
}
