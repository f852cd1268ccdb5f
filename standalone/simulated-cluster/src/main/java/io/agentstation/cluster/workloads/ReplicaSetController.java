package io.agentstation.cluster.workloads;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.events.Events;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.Deletion;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.RandomNames;
import io.agentstation.cluster.objects.ResourceKind;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes as many pods as a ReplicaSet asks for, and tells in its status how many there are. */
final class ReplicaSetController {

    private final ObjectStore store;
    private final RandomNames names;
    private final Events.Source events;
    private final RefusedPods refused;
    private final Clock clock;

    ReplicaSetController(ObjectStore store, RandomNames names, Events.Source events, RefusedPods refused, Clock clock) {
        this.store = store;
        this.names = names;
        this.events = events;
        this.refused = refused;
        this.clock = clock;
    }

    void reconcile(ObjectKey key) {
        store.get(key).filter(set -> !set.isDeleting()).ifPresent(set -> {
            List<ClusterObject> pods = Pods.activeOf(store, set);
            int missing = set.spec().path("replicas").asInt(1) - pods.size();
            Optional<String> refusal = create(set, missing);
            pods.stream()
                    .sorted(Comparator.comparing(Pods::isReady).thenComparing(Pods::youngestFirst))
                    .limit(Math.max(0, -missing))
                    .forEach(pod -> delete(set, pod));
            store.amend(set, json -> withStatus(json, set, refusal));
        });
    }

    /** Stops at the first pod that is refused, and says why. */
    private Optional<String> create(ClusterObject set, int count) {
        if (count > 0 && refused.isWaiting(set.key())) {
            return ReplicaSets.failure(set).path("message").stringValueOpt();
        }
        for (int i = 0; i < count; i++) {
            try {
                ClusterObject pod = store.create(new ClusterObject(ResourceKind.POD, pod(set)), false);
                events.normal(set, "SuccessfulCreate", "Created pod: " + pod.name());
            } catch (ApiFailure e) {
                String why = String.valueOf(e.getMessage());
                events.warning(set, "FailedCreate", "Error creating: " + why);
                refused.add(set.key());
                return Optional.of(why);
            }
        }
        return Optional.empty();
    }

    private void delete(ClusterObject set, ClusterObject pod) {
        store.delete(pod.key(), Deletion.of(pod));
        events.normal(set, "SuccessfulDelete", "Deleted pod: " + pod.name());
    }

    private ObjectNode pod(ClusterObject set) {
        JsonNode template = set.spec().path("template");
        ObjectNode pod = ClusterObject.blank(set.key().sibling(ResourceKind.POD, names.after(set.name() + "-")));
        ObjectNode metadata = pod.withObjectProperty("metadata");
        metadata.put("generateName", set.name() + "-");
        for (String field : List.of("labels", "annotations")) {
            template.path("metadata").optional(field).ifPresent(value -> metadata.set(field, value.deepCopy()));
        }
        metadata.putArray("ownerReferences").add(Owners.controller(set));
        pod.set("spec", template.path("spec").deepCopy());
        pod.putObject("status").put("phase", "Pending");
        return pod;
    }

    private ObjectNode withStatus(ObjectNode json, ClusterObject set, Optional<String> refusal) {
        List<ClusterObject> pods = Pods.activeOf(store, set);
        int ready = (int) pods.stream().filter(Pods::isReady).count();
        ObjectNode status = Json.object();
        status.put("replicas", pods.size());
        Counts.put(status, "fullyLabeledReplicas", pods.size());
        Counts.put(status, "readyReplicas", ready);
        Counts.put(status, "availableReplicas", ready);
        status.put("observedGeneration", (int) set.generation());
        refusal.ifPresent(why -> status.putArray("conditions").add(failure(set, why)));
        json.set("status", status);
        return json;
    }

    private ObjectNode failure(ClusterObject set, String why) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        String since = ReplicaSets.failure(set).path("lastTransitionTime").asString(now);
        return Json.object()
                .put("type", ReplicaSets.FAILURE)
                .put("status", "True")
                .put("lastTransitionTime", since)
                .put("reason", "FailedCreate")
                .put("message", why);
    }
}
