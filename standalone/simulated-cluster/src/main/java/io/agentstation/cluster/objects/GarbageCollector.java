package io.agentstation.cluster.objects;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes what has lost its owners, finishes foreground deletions and empties namespaces (Kubernetes, "Garbage
 * Collection").
 *
 * <p>Runs on the given executor, never under the store's lock; every step may be repeated.
 */
public final class GarbageCollector {

    private final ObjectStore store;
    private final Executor executor;

    public GarbageCollector(ObjectStore store, Executor executor) {
        this.store = store;
        this.executor = executor;
    }

    /** Follows all changes from now on and looks once at everything that is there. */
    public Runnable start() {
        Runnable stop = store.listen(this::follow);
        store.all().forEach(this::inspect);
        return stop;
    }

    private void follow(Change change) {
        ClusterObject object = change.object();
        if (change.type() != Change.Type.DELETED) {
            inspect(object);
            return;
        }
        executor.execute(() -> {
            store.dependents(object.uid()).forEach(this::collect);
            object.owners().forEach(owner -> store.withUid(owner.uid()).ifPresent(this::finishForeground));
            namespaceOf(object).filter(ClusterObject::isDeleting).ifPresent(this::empty);
        });
    }

    private void inspect(ClusterObject object) {
        if (!object.owners().isEmpty()) {
            executor.execute(() -> collect(object));
        }
        if (object.isDeleting()) {
            executor.execute(() -> {
                finishForeground(object);
                if (object.kind().equals(ResourceKind.NAMESPACE)) {
                    empty(object);
                }
            });
        }
    }

    private void collect(ClusterObject seen) {
        store.get(seen.key())
                .filter(object -> object.uid().equals(seen.uid()) && !object.isDeleting())
                .filter(object -> object.owners().stream().noneMatch(owner -> isOwned(object, owner)))
                .ifPresent(object -> remove(object, Deletion.of(object)));
    }

    private boolean isOwned(ClusterObject object, ClusterObject.Owner reference) {
        return store.withUid(reference.uid())
                .filter(owner -> owner.kind().kind().equals(reference.kind())
                        && owner.name().equals(reference.name()))
                // An owner in another namespace does not exist as far as Kubernetes is concerned.
                .filter(owner ->
                        owner.namespace().isEmpty() || owner.namespace().equals(object.namespace()))
                .isPresent();
    }

    private void finishForeground(ClusterObject seen) {
        store.withUid(seen.uid())
                .filter(owner -> owner.isDeleting() && owner.hasFinalizer(ServerMetadata.FOREGROUND_FINALIZER))
                .ifPresent(owner -> {
                    List<ClusterObject> dependents = store.dependents(owner.uid());
                    if (dependents.isEmpty()) {
                        store.amend(owner, GarbageCollector::withoutForegroundFinalizer);
                    }
                    dependents.forEach(this::removeBeforeOwner);
                });
    }

    private void removeBeforeOwner(ClusterObject dependent) {
        boolean othersKeepIt = dependent.owners().stream()
                .flatMap(owner -> store.withUid(owner.uid()).stream())
                .anyMatch(owner -> !owner.isDeleting());
        if (!othersKeepIt && !dependent.isDeleting()) {
            Deletion deletion = Deletion.of(dependent);
            boolean leaf = store.dependents(dependent.uid()).isEmpty();
            remove(dependent, leaf ? deletion : deletion.with(Deletion.Propagation.FOREGROUND));
        }
    }

    private static ObjectNode withoutForegroundFinalizer(ObjectNode json) {
        ObjectNode metadata = json.withObjectProperty("metadata");
        List<JsonNode> others = metadata.path("finalizers")
                .valueStream()
                .filter(finalizer -> !finalizer.asString("").equals(ServerMetadata.FOREGROUND_FINALIZER))
                .toList();
        metadata.putArray("finalizers").addAll(others);
        return json;
    }

    private void empty(ClusterObject namespace) {
        List<ClusterObject> inside = ResourceKind.ALL.stream()
                .filter(ResourceKind::namespaced)
                .flatMap(kind -> store.list(kind, Optional.of(namespace.name())).stream())
                .toList();
        if (inside.isEmpty()) {
            store.finish(namespace);
        }
        inside.stream().filter(object -> !object.isDeleting()).forEach(object -> remove(object, Deletion.of(object)));
    }

    private void remove(ClusterObject object, Deletion deletion) {
        try {
            store.delete(object.key(), deletion);
        } catch (ApiFailure e) {
            // Gone or replaced since it was looked at: exactly what was wanted.
            if (e.code() != 404 && e.code() != 409) {
                throw e;
            }
        }
    }

    private Optional<ClusterObject> namespaceOf(ClusterObject object) {
        return object.namespace().isEmpty()
                ? Optional.empty()
                : store.get(new ObjectKey(ResourceKind.NAMESPACE, "", object.namespace()));
    }
}
