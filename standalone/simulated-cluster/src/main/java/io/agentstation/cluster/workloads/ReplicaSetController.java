package io.agentstation.cluster.workloads;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.Deletion;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.RandomNames;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes as many pods as a ReplicaSet asks for, and tells in its status how many there are. */
final class ReplicaSetController {

    private final ObjectStore store;
    private final RandomNames names;

    ReplicaSetController(ObjectStore store, RandomNames names) {
        this.store = store;
        this.names = names;
    }

    void reconcile(ObjectKey key) {
        store.get(key).filter(set -> !set.isDeleting()).ifPresent(set -> {
            List<ClusterObject> pods = Pods.activeOf(store, set);
            int missing = set.spec().path("replicas").asInt(1) - pods.size();
            for (int i = 0; i < missing; i++) {
                store.create(new ClusterObject(ResourceKind.POD, pod(set)), false);
            }
            pods.stream()
                    .sorted(Comparator.comparing(Pods::isReady).thenComparing(Pods::youngestFirst))
                    .limit(Math.max(0, -missing))
                    .forEach(pod -> store.delete(pod.key(), Deletion.of(pod)));
            store.amend(set, json -> withStatus(json, set));
        });
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

    private ObjectNode withStatus(ObjectNode json, ClusterObject set) {
        List<ClusterObject> pods = Pods.activeOf(store, set);
        int ready = (int) pods.stream().filter(Pods::isReady).count();
        ObjectNode status = Json.object();
        status.put("replicas", pods.size());
        Counts.put(status, "fullyLabeledReplicas", pods.size());
        Counts.put(status, "readyReplicas", ready);
        Counts.put(status, "availableReplicas", ready);
        status.put("observedGeneration", (int) set.generation());
        json.set("status", status);
        return json;
    }
}
