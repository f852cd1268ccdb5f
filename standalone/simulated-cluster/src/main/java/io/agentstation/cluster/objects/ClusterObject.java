package io.agentstation.cluster.objects;

import io.agentstation.cluster.apply.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One state of one object, read only: whoever changes an object changes a {@link #copy()}.
 *
 * <p>A candidate holds the tree that it is made of; a stored object holds its text and a few fields, because the trees of a
 * thousand agents' objects take ten times the memory of their text (270 MiB against 27, measured).
 */
public final class ClusterObject {

    private final ResourceKind kind;
    private final Supplier<ObjectNode> tree;

    /** Read once for a stored object; a candidate's tree is read at each question. */
    private final @Nullable Header header;

    /**
     * A reference to an owner.
     *
     * @param controller whether the owner is the managing controller
     */
    public record Owner(String apiVersion, String kind, String name, String uid, boolean controller) {}

    /**
     * A candidate.
     *
     * @param json with apiVersion and kind
     */
    public ClusterObject(ResourceKind kind, ObjectNode json) {
        this.kind = kind;
        this.tree = () -> json;
        this.header = null;
    }

    private ClusterObject(ResourceKind kind, JsonText text, Header header) {
        this.kind = kind;
        this.tree = text::tree;
        this.header = header;
    }

    /** An object to be kept: later changes of the tree do not reach it. */
    static ClusterObject stored(ResourceKind kind, JsonText text) {
        return new ClusterObject(kind, text, Header.of(kind, text.tree()));
    }

    public ResourceKind kind() {
        return kind;
    }

    /** The whole object, with apiVersion and kind; not to be changed. */
    public ObjectNode json() {
        return tree.get();
    }

    /** A tree of one's own. */
    public ObjectNode copy() {
        return json().deepCopy();
    }

    public ObjectKey key() {
        return header().key();
    }

    public String name() {
        return key().name();
    }

    public String namespace() {
        return key().namespace();
    }

    public String uid() {
        return header().uid();
    }

    public long resourceVersion() {
        return Long.parseLong(header().resourceVersion());
    }

    public long generation() {
        return json().path("metadata").path("generation").asLong(0);
    }

    /** Whether deletion has been asked for. */
    public boolean isDeleting() {
        return header().deleting();
    }

    public boolean hasFinalizers() {
        return !header().finalizers().isEmpty();
    }

    public boolean hasFinalizer(String finalizer) {
        return header().finalizers().contains(finalizer);
    }

    public Map<String, String> labels() {
        return header().labels();
    }

    public List<Owner> owners() {
        return header().owners();
    }

    /** The uid of the managing controller. */
    public Optional<String> controllerUid() {
        return owners().stream().filter(Owner::controller).map(Owner::uid).findFirst();
    }

    public JsonNode spec() {
        return json().path("spec");
    }

    public JsonNode status() {
        return json().path("status");
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

    /** Whether the other is the same state of an object of the same kind. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClusterObject object && kind.equals(object.kind) && json().equals(object.json());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    @Override
    public String toString() {
        return json().toString();
    }

    private Header header() {
        return header == null ? Header.of(kind, json()) : header;
    }
}
