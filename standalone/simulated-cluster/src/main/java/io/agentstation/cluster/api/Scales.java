package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.apply.Ownership;
import io.agentstation.cluster.apply.Patches;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import java.time.Clock;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers the scale sub-resource, {@code autoscaling/v1 Scale}. */
final class Scales {

    private final ObjectStore store;
    private final Clock clock;

    Scales(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Answer get(Target target) {
        return Answer.json(200, scale(store.require(target.key())));
    }

    Answer replace(Target target, ApiRequest request) {
        ObjectNode wanted = Bodies.object(request);
        return set(target, request, live -> wanted);
    }

    Answer patch(Target target, ApiRequest request) {
        ObjectNode patch = Bodies.object(request);
        return set(target, request, live -> Patches.merge(scale(live), patch));
    }

    /** @param wish from the object as it is when it is changed: whoever names no version is in nobody's way */
    private Answer set(Target target, ApiRequest request, Function<ClusterObject, ObjectNode> wish) {
        Ownership.Writer writer = target.writer(request, clock.instant());
        ClusterObject scaled = store.update(
                target.key(),
                json -> {
                    ClusterObject live = new ClusterObject(target.kind(), json);
                    ObjectNode wanted = wish.apply(live);
                    Admission.checkPreconditions(live, wanted);
                    ObjectNode changed = json.deepCopy();
                    changed.withObjectProperty("spec").put("replicas", replicas(target, wanted));
                    return Ownership.updated(json, Json.canonical(changed), writer);
                },
                request.isDryRun());
        return Answer.json(200, scale(scaled));
    }

    private static int replicas(Target target, ObjectNode wanted) {
        int replicas = wanted.path("spec").path("replicas").asInt(0);
        if (replicas < 0) {
            throw ApiFailure.invalid(target.key(), "spec.replicas", "must be greater than or equal to 0");
        }
        return replicas;
    }

    private static ObjectNode scale(ClusterObject object) {
        ObjectNode scale = Json.object();
        scale.put("apiVersion", "autoscaling/v1").put("kind", "Scale");
        JsonNode metadata = object.json().path("metadata");
        ObjectNode own = scale.putObject("metadata");
        for (String field : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            own.set(field, metadata.path(field));
        }
        scale.putObject("spec").put("replicas", object.spec().path("replicas").asInt(0));
        scale.putObject("status")
                .put("replicas", object.status().path("replicas").asInt(0))
                .put("selector", selector(object));
        return scale;
    }

    private static String selector(ClusterObject object) {
        return ClusterObject.strings(object.spec().path("selector").path("matchLabels")).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }
}
