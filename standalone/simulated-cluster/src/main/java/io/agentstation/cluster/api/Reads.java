package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.Selector;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Answers get and list. */
final class Reads {

    private final ObjectStore store;

    Reads(ObjectStore store) {
        this.store = store;
    }

    Answer get(Target target) {
        return Answer.json(200, store.require(target.key()).json());
    }

    Answer list(Target target, ApiRequest request) {
        ObjectNode list = Json.object();
        list.put("apiVersion", target.kind().apiVersion())
                .put("kind", target.kind().kind() + "List");
        // Version first: a change in between is seen twice by a watch from there, never missed.
        list.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
        list.putArray("items")
                .addAll(select(target, request).stream()
                        .map(ClusterObject::json)
                        .toList());
        return Answer.json(200, list);
    }

    List<ClusterObject> select(Target target, ApiRequest request) {
        Predicate<ClusterObject> wanted = filter(request);
        return store.list(target.kind(), target.inNamespace()).stream()
                .filter(wanted)
                .toList();
    }

    static Predicate<ClusterObject> filter(ApiRequest request) {
        return Selector.labels(request.parameter("labelSelector").orElse(""))
                .and(Selector.fields(request.parameter("fieldSelector").orElse("")));
    }
}
