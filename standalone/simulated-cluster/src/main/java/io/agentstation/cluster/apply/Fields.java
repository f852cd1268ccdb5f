package io.agentstation.cluster.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which fields an object sets, and which differ between two states of it. */
final class Fields {

    /** What nobody owns, because the API server sets it or because it names the object. */
    private static final Set<String> UNOWNED_METADATA = Set.of(
            "name",
            "generateName",
            "namespace",
            "uid",
            "selfLink",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields");

    private Fields() {}

    /** The fields that can be owned: those of an object, or of its status only. */
    static FieldSet owned(JsonNode object, Scope scope) {
        if (scope == Scope.STATUS) {
            return set(status(object));
        }
        ObjectNode own = (ObjectNode) object.deepCopy();
        own.remove(List.of("apiVersion", "kind", "status"));
        if (own.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(UNOWNED_METADATA);
            if (metadata.isEmpty()) {
                own.remove("metadata");
            }
        }
        return set(own);
    }

    /** Fields of {@code after} that {@code before} has not, or has with another value. */
    static FieldSet changed(JsonNode before, JsonNode after, Scope scope) {
        return owned(after, scope)
                .filter(path -> path.isItem()
                        ? path.in(before).isEmpty()
                        : !path.in(before).equals(path.in(after)));
    }

    private static ObjectNode status(JsonNode object) {
        ObjectNode only = Json.object();
        object.optional("status").ifPresent(status -> only.set("status", status));
        return only;
    }

    private static FieldSet set(ObjectNode object) {
        List<FieldPath> found = new ArrayList<>();
        collect(object, FieldPath.ROOT, List.of(), found);
        return FieldSet.of(found);
    }

    private static void collect(JsonNode node, FieldPath path, List<String> place, List<FieldPath> found) {
        if (node instanceof ObjectNode object && !object.isEmpty() && !Schema.isAtomicObject(place)) {
            object.properties().forEach(field -> {
                if (!field.getValue().isNull()) {
                    collect(field.getValue(), path.field(field.getKey()), with(place, field.getKey()), found);
                }
            });
        } else if (node.isArray() && Schema.list(place).kind() != ListType.Kind.ATOMIC) {
            collectItems(node, path, place, found);
        } else if (!path.steps().isEmpty()) {
            found.add(path);
        }
    }

    private static void collectItems(JsonNode list, FieldPath path, List<String> place, List<FieldPath> found) {
        ListType type = Schema.list(place);
        list.forEach(item -> {
            FieldPath itemPath = path.item(type, item);
            found.add(itemPath);
            if (type.isMap()) {
                collect(item, itemPath, with(place, "*"), found);
            }
        });
    }

    static List<String> with(List<String> place, String name) {
        List<String> longer = new ArrayList<>(place);
        longer.add(name);
        return longer;
    }
}
