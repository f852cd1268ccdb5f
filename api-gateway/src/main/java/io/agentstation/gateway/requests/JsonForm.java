package io.agentstation.gateway.requests;

import java.util.Collection;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON object of a request, read field by field: a field of the wrong type is noted as a problem and read as absent.
 * An optional field that is null is absent.
 */
public final class JsonForm {

    private final ObjectNode object;
    private final String path;
    private final Problems problems;

    private JsonForm(ObjectNode object, String path, Problems problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    /** The form of a whole body. */
    public static JsonForm of(ObjectNode body, Problems problems) {
        return new JsonForm(body, "", problems);
    }

    /** Where this form's problems are noted. */
    public Problems problems() {
        return problems;
    }

    /** Notes a problem with one of this form's fields. */
    public void problem(String field, String message) {
        problems.add(path + field, message);
    }

    /** The names of the fields that were sent. */
    public Collection<String> names() {
        return object.propertyNames();
    }

    /** Whether the field was sent, null included. */
    public boolean has(String field) {
        return object.has(field);
    }

    /** The value as sent; empty when it is absent or null. */
    public Optional<JsonNode> value(String field) {
        return object.optional(field).filter(value -> !value.isNull());
    }

    /** A string. */
    public Optional<String> text(String field) {
        return value(field).flatMap(value -> {
            if (!value.isString()) {
                problem(field, field + " must be a string");
            }
            return value.stringValueOpt();
        });
    }

    /** A whole number within bounds; 1.0 is not one. */
    public Optional<Integer> integer(String field, int least, int most) {
        return value(field).flatMap(value -> {
            boolean fits = value.isIntegralNumber()
                    && value.canConvertToInt()
                    && value.intValue() >= least
                    && value.intValue() <= most;
            if (!fits) {
                problem(field, field + " must be an integer from " + least + " to " + most);
                return Optional.empty();
            }
            return Optional.of(value.intValue());
        });
    }

    /** A number as a double: infinite when it is too large for one, where the node's own conversion fails. */
    public static double doubleOf(JsonNode number) {
        return number.numberValue().doubleValue();
    }

    /** True or false. */
    public Optional<Boolean> flag(String field) {
        return value(field).flatMap(value -> {
            if (!value.isBoolean()) {
                problem(field, field + " must be true or false");
                return Optional.empty();
            }
            return Optional.of(value.booleanValue());
        });
    }

    /** An object within this one. */
    public Optional<JsonForm> object(String field) {
        return value(field).flatMap(value -> {
            if (!(value instanceof ObjectNode inner)) {
                problem(field, field + " must be an object");
                return Optional.empty();
            }
            return Optional.of(new JsonForm(inner, path + field + ".", problems));
        });
    }
}
