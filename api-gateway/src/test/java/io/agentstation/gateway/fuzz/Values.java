package io.agentstation.gateway.fuzz;

import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.openapi.Contract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that a schema allows; texts of a form are among its examples. */
final class Values {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int ATTEMPTS = 50;
    private static final double SOMETIMES = 0.5;
    private static final List<String> TEXTS = List.of(
            "", "plain", "with \"quotes\" and \\", "Grüße, 日本 🚀", "line\nbreak\ttab", "x".repeat(150), "'; --");

    private final Random random;

    Values(Random random) {
        this.random = random;
    }

    /** A value that the schema allows as a whole, with its conditions between fields. */
    JsonNode valid(JsonNode schema) {
        JsonNode value = of("", schema);
        for (int attempt = 1; !Contract.get().problems(schema, value).isEmpty(); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("no value found that the schema allows: " + schema + ", not " + value);
            }
            value = of("", schema);
        }
        return value;
    }

    private JsonNode of(String name, JsonNode schema) {
        JsonNode declared = Contract.get().followed(schema);
        if (declared.has("allOf")) {
            return merged(name, declared);
        }
        if (declared.has("anyOf") && !declared.has("properties")) {
            return of(name, any(declared.path("anyOf").values()));
        }
        if (declared.has("const")) {
            return declared.path("const");
        }
        if (declared.has("enum")) {
            return any(declared.path("enum").values());
        }
        if (declared.has("examples")) {
            return any(declared.path("examples").values());
        }
        return ofType(name, type(declared), declared);
    }

    private JsonNode merged(String name, JsonNode declared) {
        ObjectNode whole = Wire.mapper().createObjectNode();
        for (JsonNode part : declared.path("allOf").values()) {
            if (Contract.get().followed(part).has("properties") && of(name, part) instanceof ObjectNode object) {
                // The first branch declares more of a field than those that only require it.
                object.propertyStream().forEach(field -> whole.putIfAbsent(field.getKey(), field.getValue()));
            }
        }
        return whole;
    }

    private String type(JsonNode declared) {
        JsonNode type = declared.path("type");
        List<String> types = new ArrayList<>();
        type.valueStream().map(JsonNode::asString).forEach(types::add);
        // Null where it is allowed, but seldom.
        return types.isEmpty() ? type.asString("any") : types.get(random.nextInt(8) == 0 ? types.size() - 1 : 0);
    }

    private JsonNode ofType(String name, String type, JsonNode declared) {
        return switch (type) {
            case "null" -> JSON.nullNode();
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "integer" -> integer(declared);
            case "number" -> JSON.numberNode(random.nextBoolean() ? random.nextInt(1000) : random.nextDouble() * 1e6);
            case "array" -> array(name, declared);
            case "object" -> object(declared);
            case "any" -> any(List.of(JSON.nullNode(), JSON.numberNode(7), JSON.stringNode("any")));
            default -> text(name, declared);
        };
    }

    private JsonNode integer(JsonNode declared) {
        long least = declared.path("minimum").asLong(0);
        long most = Math.min(declared.path("maximum").asLong(Integer.MAX_VALUE), 1_000_000_000L);
        return JSON.numberNode(
                switch (random.nextInt(4)) {
                    case 0 -> least;
                    case 1 -> most;
                    default -> least + random.nextInt((int) Math.min(most - least + 1, 1000));
                });
    }

    private JsonNode text(String name, JsonNode declared) {
        if (declared.path("format").asString("").equals("date-time")) {
            Duration ago = name.equals("since") ? Duration.ofHours(2) : Duration.ofHours(1);
            return JSON.stringNode(Instant.now().minus(ago).toString());
        }
        if (declared.path("format").asString("").equals("uuid")) {
            return JSON.stringNode(new UUID(random.nextLong(), random.nextLong()).toString());
        }
        return JSON.stringNode(pick(TEXTS));
    }

    private JsonNode array(String name, JsonNode declared) {
        var array = JSON.arrayNode();
        int size = Math.max(declared.path("minItems").asInt(0), random.nextInt(3));
        for (int i = 0; i < size; i++) {
            array.add(of(name, declared.path("items")));
        }
        return array;
    }

    private JsonNode object(JsonNode declared) {
        ObjectNode object = Wire.mapper().createObjectNode();
        List<String> required =
                declared.path("required").valueStream().map(JsonNode::asString).toList();
        for (Map.Entry<String, JsonNode> property : declared.path("properties").properties()) {
            boolean forbidden = property.getValue().isBoolean();
            if (required.contains(property.getKey()) || (!forbidden && random.nextDouble() < SOMETIMES)) {
                object.set(property.getKey(), of(property.getKey(), property.getValue()));
            }
        }
        JsonNode others = declared.path("additionalProperties");
        if (others.isObject() && random.nextBoolean()) {
            String key = of("", declared.path("propertyNames")).asString();
            object.set(key, of(key, others));
        }
        return object;
    }

    /** One of them. */
    <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private JsonNode any(Collection<JsonNode> all) {
        return pick(List.copyOf(all));
    }
}
