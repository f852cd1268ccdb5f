package io.agentstation.cluster.objects;

import io.agentstation.cluster.apply.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One state of one object, read only: whoever changes an object changes a {@link #copy()}.
 *
 * @param json with apiVersion and kind
 */
public record ClusterObject(ResourceKind kind, ObjectNode json) {

    /**
     * A reference to an owner.
     *
     * @param controller whether the owner is the managing controller
     */
    public record Owner(String apiVersion, String kind, String name, String uid, boolean controller) {}

    /** A tree of one's own. */
    public ObjectNode copy() {
        return json.deepCopy();
    }

    public ObjectKey key() {
        return new ObjectKey(kind, namespace(), name());
    }

    public String name() {
        return metadata("name");
    }

    public String namespace() {
        return metadata("namespace");
    }

    public String uid() {
        return metadata("uid");
    }

    public long resourceVersion() {
        return Long.parseLong(metadata("resourceVersion"));
    }

    public long generation() {
        return json.path("metadata").path("generation").asLong(0);
    }

    /** Whether deletion has been asked for. */
    public boolean isDeleting() {
        return !metadata("deletionTimestamp").isEmpty();
    }

    public boolean hasFinalizers() {
        return !json.path("metadata").path("finalizers").isEmpty();
    }

    public boolean hasFinalizer(String finalizer) {
        return json.path("metadata")
                .path("finalizers")
                .valueStream()
                .anyMatch(value -> value.asString("").equals(finalizer));
    }

    public Map<String, String> labels() {
        return strings(json.path("metadata").path("labels"));
    }

    public List<Owner> owners() {
        return json.path("metadata")
                .path("ownerReferences")
                .valueStream()
                .map(owner -> new Owner(
                        owner.path("apiVersion").asString(""),
                        owner.path("kind").asString(""),
                        owner.path("name").asString(""),
                        owner.path("uid").asString(""),
                        owner.path("controller").asBoolean(false)))
                .toList();
    }

    /** The uid of the managing controller. */
    public Optional<String> controllerUid() {
        return owners().stream().filter(Owner::controller).map(Owner::uid).findFirst();
    }

    public JsonNode spec() {
        return json.path("spec");
    }

    public JsonNode status() {
        return json.path("status");
    }

    /** Whether its status has this condition with the status True. */
    public boolean isTrue(String condition) {
        return status().path("conditions")
                .valueStream()
                .anyMatch(found -> found.path("type").asString("").equals(condition)
                        && found.path("status").asString("").equals("True"));
    }

    /** The names and values of an object of strings; empty for anything else. */
    public static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new TreeMap<>();
        object.propertyStream()
                .forEach(field -> strings.put(field.getKey(), field.getValue().asString("")));
        return strings;
    }

    /** A new object of this kind, without anything but its identity. */
    public static ObjectNode blank(ObjectKey key) {
        ObjectNode json = Json.object();
        json.put("apiVersion", key.kind().apiVersion());
        json.put("kind", key.kind().kind());
        ObjectNode metadata = json.putObject("metadata");
        metadata.put("name", key.name());
        if (key.kind().namespaced()) {
            metadata.put("namespace", key.namespace());
        }
        return json;
    }

    private String metadata(String field) {
        return json.path("metadata").path(field).asString("");
    }
}
