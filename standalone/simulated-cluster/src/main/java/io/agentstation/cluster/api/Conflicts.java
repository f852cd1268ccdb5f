package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.ApplyConflict;
import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ObjectKey;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells an apply's conflicts as the API server does: 409, one cause for each field. */
final class Conflicts {

    private Conflicts() {}

    static ObjectNode inWords(ObjectKey key, Supplier<ObjectNode> apply) {
        try {
            return apply.get();
        } catch (ApplyConflict e) {
            ObjectNode details = Json.object();
            details.put("name", key.name())
                    .put("group", key.kind().group())
                    .put("kind", key.kind().plural());
            ArrayNode causes = details.putArray("causes");
            e.causes()
                    .forEach(cause -> causes.addObject()
                            .put("reason", "FieldManagerConflict")
                            .put("message", cause.message())
                            .put("field", cause.field()));
            throw ApiFailure.withDetails(409, "Conflict", String.valueOf(e.getMessage()), details);
        }
    }
}
