package io.agentstation.gateway.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.wire.Wire;
import tools.jackson.databind.JsonNode;

/** Compares an answer with the documents' example: every field there is here too, of the same type. */
final class DocumentedShape {

    private DocumentedShape() {}

    static void assertHas(JsonNode answer, String documented) {
        compare("", Wire.mapper().readTree(documented), answer);
    }

    private static void compare(String path, JsonNode documented, JsonNode answer) {
        assertThat(answer.isMissingNode()).as("missing: " + path).isFalse();
        if (documented.isNull()) {
            return;
        }
        assertThat(answer.getNodeType()).as("type of " + path).isEqualTo(documented.getNodeType());
        documented
                .properties()
                .forEach(field -> compare(path + "/" + field.getKey(), field.getValue(), answer.path(field.getKey())));
        if (documented.isArray() && !documented.isEmpty()) {
            compare(path + "/0", documented.get(0), answer.path(0));
        }
    }
}
