package io.agentstation.cluster.tables;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ResourceKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints objects as {@code meta.k8s.io/v1 Table}, with the columns that a real API server has for their kind. */
public final class Tables {

    private static final String META = "meta.k8s.io/v1";

    private static final Map<ResourceKind, List<Column>> COLUMNS = Map.ofEntries(
            Map.entry(ResourceKind.POD, PodColumns.ALL),
            Map.entry(ResourceKind.DEPLOYMENT, WorkloadColumns.DEPLOYMENT),
            Map.entry(ResourceKind.REPLICA_SET, WorkloadColumns.REPLICA_SET),
            Map.entry(ResourceKind.SERVICE, NetworkColumns.SERVICE),
            Map.entry(ResourceKind.INGRESS, NetworkColumns.INGRESS),
            Map.entry(ResourceKind.CERTIFICATE, NetworkColumns.CERTIFICATE),
            Map.entry(ResourceKind.EVENT, EventColumns.ALL),
            Map.entry(ResourceKind.NAMESPACE, OtherColumns.NAMESPACE),
            Map.entry(ResourceKind.SECRET, OtherColumns.SECRET),
            Map.entry(ResourceKind.RESOURCE_QUOTA, OtherColumns.RESOURCE_QUOTA),
            Map.entry(ResourceKind.CONFIG_MAP, OtherColumns.CONFIG_MAP),
            Map.entry(ResourceKind.NETWORK_POLICY, NetworkColumns.NETWORK_POLICY));

    private Tables() {}

    /** How much of each object a row carries. */
    public enum Row {
        /** Nothing. */
        NONE,
        /** Its metadata. */
        METADATA,
        /** All of it. */
        OBJECT;

        /** By the name in the request's {@code includeObject}; the metadata for any other. */
        public static Row named(String name) {
            return name.equals("None") ? NONE : name.equals("Object") ? OBJECT : METADATA;
        }
    }

    /**
     * A table of objects of one kind.
     *
     * @param metadata of the list
     * @param now      ages are told from here
     */
    public static ObjectNode of(
            ResourceKind kind, List<ClusterObject> objects, JsonNode metadata, Row row, Instant now) {
        List<Column> columns = COLUMNS.getOrDefault(kind, OtherColumns.ANY);
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", META);
        table.set("metadata", metadata);
        ArrayNode definitions = table.putArray("columnDefinitions");
        columns.forEach(column -> definitions
                .addObject()
                .put("name", column.name())
                .put("type", column.type())
                .put("format", column.equals(Column.NAME) ? "name" : "")
                .put("description", "")
                .put("priority", column.isWide() ? 1 : 0));
        ArrayNode rows = table.putArray("rows");
        objects.forEach(object -> {
            ObjectNode line = rows.addObject();
            ArrayNode cells = line.putArray("cells");
            columns.forEach(column -> cells.add(column.cell().apply(object, now)));
            if (row != Row.NONE) {
                line.set("object", row == Row.OBJECT ? object.json() : partial(object));
            }
        });
        return table;
    }

    private static ObjectNode partial(ClusterObject object) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", META);
        partial.set("metadata", object.json().path("metadata"));
        return partial;
    }
}
