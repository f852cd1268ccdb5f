package io.agentstation.cluster.objects;

import io.agentstation.cluster.apply.Json;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of {@code metadata} that belongs to the API server, whatever a writer puts there. */
final class ServerMetadata {

    /** Holds an owner until its dependents are gone. */
    static final String FOREGROUND_FINALIZER = "foregroundDeletion";

    private static final Set<String> IDENTITY =
            Set.of("name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds");

    private final Clock clock;

    ServerMetadata(Clock clock) {
        this.clock = clock;
    }

    /** A new object, still without a version. */
    ObjectNode fresh(ClusterObject candidate) {
        ObjectNode json = candidate.copy();
        ObjectNode metadata = json.withObjectProperty("metadata");
        metadata.remove(Set.of("deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"));
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now());
        if (candidate.kind().hasGeneration()) {
            metadata.put("generation", 1);
        }
        return json;
    }

    /** Puts the identity and the version of the live object into the wish, in place; counts a change of the spec. */
    void keep(ClusterObject live, ObjectNode wanted) {
        wanted.put("apiVersion", live.kind().apiVersion())
                .put("kind", live.kind().kind());
        ObjectNode metadata = wanted.withObjectProperty("metadata");
        JsonNode identity = live.json().path("metadata");
        IDENTITY.forEach(field -> identity.optional(field)
                .ifPresentOrElse(value -> metadata.set(field, value), () -> metadata.remove(field)));
        metadata.set("resourceVersion", identity.path("resourceVersion"));
        if (live.kind().hasGeneration()) {
            boolean specChanged = !live.spec().equals(wanted.path("spec"));
            metadata.put("generation", (int) live.generation() + (specChanged ? 1 : 0));
        }
    }

    /** The object as one whose deletion has been asked for. */
    ObjectNode marked(ClusterObject live, Deletion deletion) {
        ObjectNode json = live.copy();
        ObjectNode metadata = json.withObjectProperty("metadata");
        metadata.put("deletionTimestamp", now());
        metadata.put(
                "deletionGracePeriodSeconds",
                deletion.graceSeconds()
                        .orElse(live.spec()
                                .path("terminationGracePeriodSeconds")
                                .asInt(0)));
        if (deletion.propagation() == Deletion.Propagation.FOREGROUND) {
            metadata.withArrayProperty("finalizers").add(FOREGROUND_FINALIZER);
        }
        if (live.kind().equals(ResourceKind.NAMESPACE)) {
            json.withObjectProperty("status").put("phase", "Terminating");
        }
        return json;
    }

    /** Without the reference to this owner, in place. */
    static ObjectNode withoutOwner(ObjectNode json, String ownerUid) {
        ObjectNode metadata = json.withObjectProperty("metadata");
        List<JsonNode> others = metadata.path("ownerReferences")
                .valueStream()
                .filter(owner -> !owner.path("uid").asString("").equals(ownerUid))
                .toList();
        metadata.set("ownerReferences", Json.array().addAll(others));
        return json;
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
