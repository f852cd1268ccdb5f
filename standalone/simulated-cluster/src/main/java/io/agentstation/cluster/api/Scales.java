package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.apply.Ownership;
import io.agentstation.cluster.apply.Patches;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import java.time.Clock;
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
        return set(target, request, Bodies.object(request));
    }

    Answer patch(Target target, ApiRequest request) {
        ObjectNode patch = Bodies.object(request);
        return set(target, request, Patches.merge(scale(store.require(target.key())), patch));
    }

    private Answer set(Target target, ApiRequest request, ObjectNode wanted) {
        int replicas = wanted.path("spec").path("replicas").asInt(0);
        if (replicas < 0) {
            throw ApiFailure.invalid(target.key(), "spec.replicas", "must be greater than or equal to 0");
        }
        Ownership.Writer writer = target.writer(request, clock.instant());
        ClusterObject scaled = store.update(
                target.key(),
                live -> {
                    Admission.checkPreconditions(new ClusterObject(target.kind(), live), wanted);
                    ObjectNode changed = live.deepCopy();
                    changed.withObjectProperty("spec").put("replicas", replicas);
                    return Ownership.updated(live, Json.canonical(changed), writer);
                },
                request.isDryRun());
        return Answer.json(200, scale(scaled));
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
