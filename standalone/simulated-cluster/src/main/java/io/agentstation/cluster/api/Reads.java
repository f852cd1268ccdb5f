package io.agentstation.cluster.api;

import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.Selector;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;

/** Answers get and list. */
final class Reads {

    private final ObjectStore store;
    private final Clock clock;

    Reads(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Answer get(Target target, ApiRequest request) {
        return Answer.json(200, new Representation(request, clock).one(store.require(target.key())));
    }

    Answer list(Target target, ApiRequest request) {
        // Version first: a change in between is seen twice by a watch from there, never missed.
        long version = store.version();
        Page page = Page.of(select(target, request), version, request);
        return Answer.json(
                200, new Representation(request, clock).list(target.kind(), page.objects(), page.metadata()));
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
