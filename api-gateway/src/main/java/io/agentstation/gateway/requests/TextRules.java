package io.agentstation.gateway.requests;

import io.agentstation.gateway.errors.RequestRefused;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which text can be passed on: all but NUL and halves of surrogate pairs, which JSON can spell but UTF-8 cannot hold. */
final class TextRules {

    private TextRules() {}

    static void requireStorable(ObjectNode body) {
        body.properties().forEach(field -> require(field.getKey(), field.getKey(), field.getValue()));
    }

    private static void require(String top, String name, JsonNode value) {
        boolean bad = !isStorable(name) || (value.isString() && !isStorable(value.stringValue()));
        if (bad) {
            throw RequestRefused.invalid(
                    isStorable(top) ? Problems.shortened(top) : "",
                    "Text must be valid Unicode without the character U+0000");
        }
        value.properties().forEach(field -> require(top, field.getKey(), field.getValue()));
        if (value.isArray()) {
            value.forEach(element -> require(top, "", element));
        }
    }

    static boolean isStorable(String text) {
        return text.codePoints().noneMatch(point -> point == 0 || isHalfOfAPair(point));
    }

    private static boolean isHalfOfAPair(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
