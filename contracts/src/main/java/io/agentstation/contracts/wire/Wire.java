package io.agentstation.contracts.wire;

import static tools.jackson.databind.cfg.CoercionAction.Fail;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The codec of every message: snake_case JSON, RFC 3339 times.
 *
 * <p>Strict to read: duplicate keys, trailing garbage, wrong types, deep nesting and nulls are refused. Unknown fields
 * are ignored, and components marked nullable may be absent, so that messages can grow. Thread-safe.
 */
public final class Wire {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_DOCUMENT_BYTES = 1024 * 1024;
    private static final int MAX_STRING = 256 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(MAX_DOCUMENT_BYTES)
                            .maxStringLength(MAX_STRING)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, Fail)
                            .setCoercion(CoercionInputShape.Float, Fail)
                            .setCoercion(CoercionInputShape.Boolean, Fail))
            .annotationIntrospector(new NullnessIntrospector())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(tools.jackson.databind.MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private Wire() {}

    /** The mapper itself, for codecs that need a tree. It is immutable. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** A message as UTF-8 JSON. */
    public static byte[] write(Object message) {
        return MAPPER.writeValueAsBytes(message);
    }

    /** A message as text, for a text column. */
    public static String writeText(Object message) {
        return MAPPER.writeValueAsString(message);
    }

    /**
     * Reads a message.
     *
     * @throws MalformedMessage when the bytes are not one such message
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T message = MAPPER.readValue(json, type);
            if (message == null) {
                throw new MalformedMessage("a " + type.getSimpleName() + " was expected, not null", null);
            }
            return message;
        } catch (JacksonException e) {
            throw new MalformedMessage("not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Reads a message from text; see {@link #read(byte[], Class)}. */
    public static <T> T readText(String json, Class<T> type) {
        return read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8), type);
    }
}
