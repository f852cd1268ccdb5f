package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Ownership;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import java.time.Clock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers server-side apply; creates what is absent. */
final class Applies {

    private final ObjectStore store;
    private final Admission admission;
    private final Clock clock;

    Applies(ObjectStore store, Admission admission, Clock clock) {
        this.store = store;
        this.admission = admission;
        this.clock = clock;
    }

    Answer apply(Target target, ApiRequest request) {
        if (request.parameter("fieldManager").isEmpty()) {
            throw ApiFailure.invalid(target.key(), "fieldManager", "Required value: is required for apply patch");
        }
        ObjectNode configuration = Bodies.object(request, target);
        if (!configuration.path("metadata").path("managedFields").isEmpty()) {
            throw ApiFailure.badRequest("metadata.managedFields must be nil", null);
        }
        Defaults.foldStringData(target.kind(), configuration);
        if (store.get(target.key()).isEmpty()) {
            return applyNew(target, request, configuration);
        }
        ClusterObject result = store.update(
                target.key(),
                live -> {
                    ClusterObject before = new ClusterObject(target.kind(), live);
                    Admission.checkPreconditions(before, configuration);
                    return admission.admit(before, applied(live, configuration, target, request));
                },
                request.isDryRun());
        return Answer.json(200, result.json());
    }

    private Answer applyNew(Target target, ApiRequest request, ObjectNode configuration) {
        JsonNode metadata = configuration.path("metadata");
        if (!target.subresource().isEmpty()) {
            throw ApiFailure.notFound(target.key());
        }
        if (metadata.has("uid") || metadata.has("resourceVersion")) {
            throw ApiFailure.conflict(target.key(), "the object to be changed does not exist");
        }
        ObjectNode fresh = applied(ClusterObject.blank(target.key()), configuration, target, request);
        ClusterObject created = store.create(admission.admit(target.key(), fresh), request.isDryRun());
        return Answer.json(201, created.json());
    }

    private ObjectNode applied(ObjectNode live, ObjectNode configuration, Target target, ApiRequest request) {
        return Conflicts.inWords(
                target.key(),
                () -> Ownership.apply(
                        live, configuration, target.writer(request, clock.instant()), request.flag("force")));
    }
}
