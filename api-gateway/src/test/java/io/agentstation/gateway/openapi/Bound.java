package io.agentstation.gateway.openapi;

import io.agentstation.contracts.wire.Wire;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The values at and just past the limits of a schema. */
final class Bound {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final BigDecimal LARGEST_DOUBLE = BigDecimal.valueOf(Double.MAX_VALUE);

    private Bound() {}

    /** A value, and whether the schema allows it. */
    record Value(JsonNode json, boolean isAllowed) {}

    /** The properties that a schema declares, wherever it does. */
    static Stream<Map.Entry<String, JsonNode>> properties(JsonNode schema) {
        JsonNode declared = Contract.get().followed(schema);
        return Stream.concat(
                declared.path("allOf").valueStream().flatMap(Bound::properties),
                declared.path("properties").propertyStream());
    }

    /** Values of a schema of a field. */
    static Stream<Value> values(JsonNode schema) {
        JsonNode declared = Contract.get().followed(schema);
        if (declared.has("anyOf")) {
            return declared.path("anyOf").valueStream().flatMap(Bound::values);
        }
        List<Value> values = new ArrayList<>();
        numbers(declared, values);
        lengths(declared, values);
        enumerated(declared, values);
        counts(declared, values);
        return values.stream();
    }

    private static void numbers(JsonNode schema, List<Value> values) {
        if (schema.has("minimum")) {
            BigInteger least = schema.path("minimum").bigIntegerValue();
            values.add(new Value(JSON.numberNode(least), true));
            values.add(new Value(JSON.numberNode(least.subtract(BigInteger.ONE)), false));
        }
        if (schema.has("maximum")) {
            BigDecimal most = schema.path("maximum").decimalValue();
            boolean ofDoubles = most.compareTo(LARGEST_DOUBLE) >= 0;
            values.add(new Value(ofDoubles ? JSON.numberNode(Double.MAX_VALUE) : integer(most), true));
            values.add(new Value(
                    ofDoubles ? JSON.numberNode(most.multiply(BigDecimal.TEN)) : integer(most.add(BigDecimal.ONE)),
                    false));
        }
    }

    private static JsonNode integer(BigDecimal value) {
        return JSON.numberNode(value.toBigIntegerExact());
    }

    private static void lengths(JsonNode schema, List<Value> values) {
        if (schema.has("maxLength") && !schema.path("pattern").asString("").contains("://")) {
            int most = schema.path("maxLength").intValue();
            values.add(new Value(JSON.stringNode("a".repeat(most)), true));
            values.add(new Value(JSON.stringNode("a".repeat(most + 1)), false));
        }
        if (schema.path("minLength").asInt(0) == 1) {
            values.add(new Value(JSON.stringNode(""), false));
        }
    }

    private static void enumerated(JsonNode schema, List<Value> values) {
        schema.path("enum").valueStream().filter(JsonNode::isString).forEach(value -> {
            values.add(new Value(value, true));
            values.add(new Value(JSON.stringNode(value.asString() + "x"), false));
        });
    }

    private static void counts(JsonNode schema, List<Value> values) {
        if (schema.has("maxProperties")) {
            int most = schema.path("maxProperties").intValue();
            values.add(new Value(object(most), true));
            values.add(new Value(object(most + 1), false));
        }
        if (schema.path("minItems").asInt(0) == 1) {
            values.add(new Value(JSON.arrayNode(), false));
        }
    }

    private static ObjectNode object(int size) {
        ObjectNode object = Wire.mapper().createObjectNode();
        for (int i = 0; i < size; i++) {
            object.put("k" + i, "v");
        }
        return object;
    }
}
