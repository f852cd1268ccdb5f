package io.agentstation.cluster.apply;

import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kubernetes' objects as JSON trees. Numbers are read as the smallest type that holds them, so that two trees read from
 * equal text are equal.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** The mapper itself. It is immutable. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Reads any JSON value.
     *
     * @throws tools.jackson.core.JacksonException when the text is not one JSON value
     */
    public static JsonNode read(String json) {
        return MAPPER.readTree(json);
    }

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /**
     * The same tree as if it had been read from text: a number put by code compares equal to one from a request.
     */
    public static ObjectNode canonical(ObjectNode tree) {
        return (ObjectNode) read(MAPPER.writeValueAsString(tree));
    }
}
