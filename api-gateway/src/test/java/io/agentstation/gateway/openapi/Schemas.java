package io.agentstation.gateway.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.agentstation.contracts.wire.Wire;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas that refer to the components of one document; formats count. */
final class Schemas {

    private final JsonNode components;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> known = new ConcurrentHashMap<>();

    Schemas(JsonNode components) {
        this.components = components;
    }

    /** What is wrong with a value; empty when nothing is. */
    List<String> problems(JsonNode schema, JsonNode value) {
        if (value.isMissingNode()) {
            return List.of("there is no value");
        }
        return known
                .computeIfAbsent(schema, this::compile)
                .validate(value, execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(problem -> problem.getInstanceLocation() + ": " + problem.getMessage())
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode root = Wire.mapper().createObjectNode();
        root.set("components", components);
        root.putArray("allOf").add(schema);
        return registry.getSchema(root);
    }
}
