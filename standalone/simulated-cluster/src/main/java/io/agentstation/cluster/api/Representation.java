package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ResourceKind;
import io.agentstation.cluster.tables.Tables;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The form in which a client wants to read objects: as they are, or as a table (kubectl's {@code as=Table}). */
final class Representation {

    private static final Pattern TABLE = Pattern.compile("application/json\\s*;[^,]*\\bas=Table\\b");

    private final boolean asTable;
    private final Tables.Row row;
    private final Clock clock;

    Representation(ApiRequest request, Clock clock) {
        this.asTable = TABLE.matcher(request.accept()).find();
        this.row = Tables.Row.named(request.parameter("includeObject").orElse("Metadata"));
        this.clock = clock;
    }

    JsonNode one(ClusterObject object) {
        if (!asTable) {
            return object.json();
        }
        ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(object.resourceVersion()));
        return Tables.of(object.kind(), List.of(object), metadata, row, clock.instant());
    }

    JsonNode list(ResourceKind kind, List<ClusterObject> objects, ObjectNode metadata) {
        if (asTable) {
            return Tables.of(kind, objects, metadata, row, clock.instant());
        }
        ObjectNode list = Json.object();
        list.put("apiVersion", kind.apiVersion()).put("kind", kind.kind() + "List");
        list.set("metadata", metadata);
        list.putArray("items").addAll(objects.stream().map(ClusterObject::json).toList());
        return list;
    }
}
