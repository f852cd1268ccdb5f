package io.agentstation.cluster.objects;

import io.agentstation.cluster.objects.ClusterObject.Owner;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What is asked of an object without a look at the rest: who it is, its labels, its owners, and whether it is going. Texts
 * are interned: the same agent, station and names stand in all of an agent's objects.
 */
record Header(
        ObjectKey key,
        String uid,
        String resourceVersion,
        boolean deleting,
        List<String> finalizers,
        Map<String, String> labels,
        List<Owner> owners) {

    static Header of(ResourceKind kind, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new Header(
                new ObjectKey(kind, text(metadata, "namespace"), text(metadata, "name")),
                text(metadata, "uid"),
                metadata.path("resourceVersion").asString(""),
                !text(metadata, "deletionTimestamp").isEmpty(),
                metadata.path("finalizers")
                        .valueStream()
                        .map(value -> value.asString("").intern())
                        .toList(),
                labels(metadata.path("labels")),
                metadata.path("ownerReferences")
                        .valueStream()
                        .map(Header::owner)
                        .toList());
    }

    private static Map<String, String> labels(JsonNode labels) {
        return labels.propertyStream()
                .collect(Collectors.toUnmodifiableMap(
                        label -> label.getKey().intern(),
                        label -> label.getValue().asString("").intern()));
    }

    private static Owner owner(JsonNode owner) {
        return new Owner(
                text(owner, "apiVersion"),
                text(owner, "kind"),
                text(owner, "name"),
                text(owner, "uid"),
                owner.path("controller").asBoolean(false));
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("").intern();
    }
}
