package io.agentstation.gateway.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One thing wrong with a body that is otherwise as it should be. */
final class Mutations {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    /** Changes one field, at any depth, takes it out, or puts one in. */
    JsonNode of(ObjectNode body) {
        List<ObjectNode> objects = new ArrayList<>();
        collect(body, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = List.copyOf(object.propertyNames());
        if (names.isEmpty() || random.nextInt(6) == 0) {
            object.set(random.nextBoolean() ? "extra" : wrong().toString(), wrong());
        } else {
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, wrong());
            }
        }
        return body;
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.values().forEach(child -> collect(child, objects));
    }

    private JsonNode wrong() {
        return switch (random.nextInt(16)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(true);
            case 2 -> JSON.numberNode(-1);
            case 3 -> JSON.numberNode(Long.MAX_VALUE);
            case 4 -> JSON.numberNode(1.5);
            case 5 -> JSON.numberNode(new java.math.BigInteger("9".repeat(400)));
            case 6 -> JSON.stringNode("");
            case 7 -> JSON.stringNode("x".repeat(20_000));
            case 8 -> JSON.stringNode("\u0000");
            case 9 -> JSON.stringNode("a\r\nX-Injected: yes\r\n\r\n");
            case 10 -> JSON.stringNode("../../etc/passwd");
            case 11 -> JSON.stringNode("A\u202e\ud83d\ude80\u0301");
            case 12 -> JSON.arrayNode();
            case 13 -> JSON.objectNode();
            case 14 -> nested(20);
            default -> JSON.numberNode(0);
        };
    }

    private static ArrayNode nested(int depth) {
        ArrayNode outer = JSON.arrayNode();
        ArrayNode inner = outer;
        for (int i = 0; i < depth; i++) {
            inner = inner.addArray();
        }
        return outer;
    }
}
