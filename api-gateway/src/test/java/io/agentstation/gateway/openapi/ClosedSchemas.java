package io.agentstation.gateway.openapi;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document's schemas leave answers room to grow; in the tests they have none, so that a field which is not documented is
 * found. An object of which only a branch is declared ({@code allOf}) is left as it is: the other branch closes it.
 */
final class ClosedSchemas {

    private static final Set<String> NOT_DECLARATIONS =
            Set.of("if", "then", "else", "not", "example", "examples", "parameters", "required", "enum");

    private ClosedSchemas() {}

    /** A copy in which every object has the properties that are declared and no others. */
    static JsonNode of(JsonNode schemas) {
        JsonNode copy = schemas.deepCopy();
        close(copy, false);
        return copy;
    }

    private static void close(JsonNode node, boolean isBranch) {
        if (node instanceof ObjectNode object) {
            boolean open = object.path("properties").isObject() && !object.has("additionalProperties");
            if (open && !isBranch) {
                object.put("unevaluatedProperties", false);
            }
            object.propertyStream()
                    .filter(child -> !NOT_DECLARATIONS.contains(child.getKey()))
                    .forEach(child -> close(child.getValue(), child.getKey().equals("allOf")));
        } else if (node.isArray()) {
            node.forEach(element -> close(element, isBranch));
        }
    }
}
