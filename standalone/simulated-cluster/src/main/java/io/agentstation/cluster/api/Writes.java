package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.apply.Ownership;
import io.agentstation.cluster.apply.Patches;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.Deletion;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.RandomNames;
import java.time.Clock;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers create, replace, patch and delete, of objects and of their status. */
final class Writes {

    private final ObjectStore store;
    private final Admission admission;
    private final Applies applies;
    private final RandomNames names;
    private final Clock clock;

    Writes(ObjectStore store, RandomNames names, Clock clock) {
        this.store = store;
        this.admission = new Admission(store);
        this.applies = new Applies(store, admission, clock);
        this.names = names;
        this.clock = clock;
    }

    Answer create(Target target, ApiRequest request) {
        ObjectNode wanted = Bodies.object(request, target);
        ObjectNode metadata = wanted.withObjectProperty("metadata");
        String base = metadata.path("generateName").asString("");
        if (metadata.path("name").asString("").isEmpty() && !base.isEmpty()) {
            metadata.put("name", names.after(base));
        }
        if (target.kind().hasStatus()) {
            wanted.remove("status");
        }
        ObjectKey key = new ObjectKey(
                target.kind(), target.namespace(), metadata.path("name").asString(""));
        Defaults.foldStringData(target.kind(), wanted);
        ClusterObject admitted = admission.admit(key, wanted);
        ObjectNode owned =
                Ownership.updated(ClusterObject.blank(key), admitted.json(), target.writer(request, clock.instant()));
        ClusterObject created = store.create(new ClusterObject(target.kind(), owned), request.isDryRun());
        return Answer.json(201, created.json());
    }

    Answer replace(Target target, ApiRequest request) {
        ObjectNode wanted = Bodies.object(request, target);
        Defaults.foldStringData(target.kind(), wanted);
        return change(target, request, live -> wanted);
    }

    Answer patch(Target target, ApiRequest request) {
        return switch (request.contentType()) {
            case "application/apply-patch+yaml" -> applies.apply(target, request);
            case "application/json-patch+json" -> {
                JsonNode patch = Bodies.json(request);
                yield change(target, request, live -> jsonPatched(live, patch));
            }
            case "application/merge-patch+json" -> {
                ObjectNode patch = Bodies.object(request);
                yield change(target, request, live -> Patches.merge(live, patch));
            }
            case "application/strategic-merge-patch+json" -> {
                ObjectNode patch = Bodies.object(request);
                yield change(target, request, live -> Patches.strategic(live, patch));
            }
            default ->
                throw ApiFailure.withDetails(
                        415,
                        "UnsupportedMediaType",
                        "the body of the request was in an unknown format: " + request.contentType(),
                        Json.object());
        };
    }

    Answer delete(Target target, ApiRequest request) {
        ClusterObject last = store.delete(target.key(), deletion(request));
        boolean stays = store.get(target.key()).isPresent();
        return Answer.json(200, stays ? last.json() : ApiFailure.success(last));
    }

    Answer deleteAll(Iterable<ClusterObject> objects, ApiRequest request) {
        Deletion deletion = deletion(request);
        objects.forEach(object -> store.delete(object.key(), deletion));
        return Answer.json(200, ApiFailure.success());
    }

    private Answer change(Target target, ApiRequest request, UnaryOperator<ObjectNode> wish) {
        ClusterObject changed = store.update(
                target.key(),
                live -> {
                    ClusterObject before = new ClusterObject(target.kind(), live);
                    ObjectNode wanted = wish.apply(live).deepCopy();
                    Admission.checkPreconditions(before, wanted);
                    ObjectNode admitted = admission.admit(before, scoped(target, live, wanted));
                    return Ownership.updated(live, admitted, target.writer(request, clock.instant()));
                },
                request.isDryRun());
        return Answer.json(200, changed.json());
    }

    /** The part of the wish that the path may change, laid into the live object. */
    private static ObjectNode scoped(Target target, ObjectNode live, ObjectNode wanted) {
        boolean statusOnly = target.subresource().equals("status");
        if (!statusOnly && !target.kind().hasStatus()) {
            return wanted;
        }
        ObjectNode result = statusOnly ? live.deepCopy() : wanted;
        JsonNode status = (statusOnly ? wanted : live).path("status");
        if (status.isMissingNode()) {
            result.remove("status");
        } else {
            result.set("status", status.deepCopy());
        }
        return result;
    }

    private static ObjectNode jsonPatched(ObjectNode live, JsonNode patch) {
        try {
            if (Patches.json(live, patch) instanceof ObjectNode object) {
                return object;
            }
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest(String.valueOf(e.getMessage()), e);
        }
        throw ApiFailure.badRequest("the JSON patch leaves no object", null);
    }

    private static Deletion deletion(ApiRequest request) {
        JsonNode options = request.body().isBlank() ? Json.object() : Bodies.object(request);
        return Deletion.of(
                options,
                request.parameter("propagationPolicy"),
                request.parameter("gracePeriodSeconds"),
                request.isDryRun());
    }
}
