package io.agentstation.cluster.objects;

import io.agentstation.cluster.apply.Json;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects of the cluster: versioned, on disk before they are visible, every change told in order.
 *
 * <p>Thread-safe. Listeners are called under the store's lock, so they only pass the change on.
 */
public final class ObjectStore {

    private final ObjectFiles files;
    private final ServerMetadata metadata;
    private final ObjectTable table = new ObjectTable();
    private final VersionCounter versions;
    private final Map<ResourceKind, History> histories = new HashMap<>();
    private final long firstVersion;
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<ClusterObject>> gates = new CopyOnWriteArrayList<>();

    /** Loads what the files hold. */
    public ObjectStore(ObjectFiles files, Clock clock) {
        this.files = files;
        this.metadata = new ServerMetadata(clock);
        this.versions = new VersionCounter(files);
        this.firstVersion = versions.current();
        files.load().forEach(table::put);
    }

    /** The version of the last change. */
    public synchronized long version() {
        return versions.current();
    }

    public synchronized Optional<ClusterObject> get(ObjectKey key) {
        return table.get(key);
    }

    /**
     * The object, which must exist.
     *
     * @throws ApiFailure (404) otherwise
     */
    public synchronized ClusterObject require(ObjectKey key) {
        return table.get(key).orElseThrow(() -> ApiFailure.notFound(key));
    }

    public synchronized Optional<ClusterObject> withUid(String uid) {
        return table.withUid(uid);
    }

    /** Objects of a kind, sorted; of all namespaces when none is given. */
    public synchronized List<ClusterObject> list(ResourceKind kind, Optional<String> namespace) {
        Collection<ClusterObject> found =
                namespace.map(name -> table.all(kind, name)).orElseGet(() -> table.all(kind));
        return List.copyOf(found);
    }

    public synchronized List<ClusterObject> all() {
        return List.copyOf(table.all());
    }

    /** The objects that name this uid as an owner. */
    public synchronized List<ClusterObject> dependents(String ownerUid) {
        return table.dependents(ownerUid);
    }

    /** From now on every change goes to the listener, until the returned action is run. */
    public synchronized Runnable listen(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * From now on every new object goes to the gate before it is added; an {@link ApiFailure} keeps it out. Called under
     * the store's lock: what the gate sees cannot change before the object is there.
     */
    public void beforeCreate(Consumer<ClusterObject> gate) {
        gates.add(gate);
    }

    /**
     * Like {@link #listen}, beginning with the changes after a version, or with all objects as added when there is none.
     *
     * @throws ApiFailure (410) when the changes since then are no longer known
     */
    public synchronized Runnable watch(ResourceKind kind, Optional<Long> after, Consumer<Change> listener) {
        List<Change> missed = after.isPresent()
                ? history(kind).after(after.get(), versions.current())
                : table.all(kind).stream()
                        .map(object -> new Change(Change.Type.ADDED, object, null))
                        .toList();
        Consumer<Change> ofKind = change -> {
            if (change.object().kind().equals(kind)) {
                listener.accept(change);
            }
        };
        missed.forEach(ofKind);
        return listen(ofKind);
    }

    /**
     * Adds an object with a fresh uid.
     *
     * @throws ApiFailure (409) when the name is taken, or as {@link #beforeCreate} says
     */
    public synchronized ClusterObject create(ClusterObject candidate, boolean dryRun) {
        if (table.get(candidate.key()).isPresent()) {
            throw ApiFailure.alreadyExists(candidate.key());
        }
        gates.forEach(gate -> gate.accept(candidate));
        ObjectNode json = metadata.fresh(candidate);
        return dryRun ? stored(candidate.kind(), json) : save(candidate.kind(), json);
    }

    /**
     * Changes an object: the function gets a copy and returns the state it wants. A wish that equals the present state
     * changes nothing, not even the version.
     *
     * @throws ApiFailure (404) when it does not exist
     */
    public synchronized ClusterObject update(ObjectKey key, UnaryOperator<ObjectNode> change, boolean dryRun) {
        ClusterObject live = require(key);
        ObjectNode wanted = Json.canonical(change.apply(live.copy()));
        metadata.keep(live, wanted);
        if (wanted.equals(live.json())) {
            return live;
        }
        ClusterObject next = new ClusterObject(live.kind(), wanted);
        if (dryRun) {
            return next;
        }
        boolean freed = live.isDeleting() && !next.hasFinalizers() && !hasKeeper(live.kind());
        return freed ? erase(next) : save(live.kind(), wanted);
    }

    /** {@link #update(ObjectKey, UnaryOperator, boolean)} by the cluster itself, of an object that may be gone. */
    public synchronized void amend(ClusterObject object, UnaryOperator<ObjectNode> change) {
        table.get(object.key())
                .filter(live -> live.uid().equals(object.uid()))
                .ifPresent(live -> update(live.key(), change, false));
    }

    /**
     * Deletes an object, or marks it when finalizers, dependents or a running pod must go first.
     *
     * @return the last state
     * @throws ApiFailure (404) when it does not exist, (409) when a precondition does not hold
     */
    public synchronized ClusterObject delete(ObjectKey key, Deletion deletion) {
        ClusterObject live = require(key);
        deletion.check(live);
        if (deletion.dryRun()) {
            return live;
        }
        if (deletion.propagation() == Deletion.Propagation.ORPHAN) {
            dependents(live.uid())
                    .forEach(dependent ->
                            update(dependent.key(), json -> ServerMetadata.withoutOwner(json, live.uid()), false));
        }
        boolean foreground = deletion.propagation() == Deletion.Propagation.FOREGROUND;
        boolean held = foreground || live.hasFinalizers();
        boolean kept = hasKeeper(key.kind()) && !deletion.immediately();
        if (!held && !kept) {
            return erase(live);
        }
        return live.isDeleting() ? live : save(live.kind(), metadata.marked(live, deletion));
    }

    /** Takes a marked object away, once what held it has let go; does nothing when it is gone already. */
    public synchronized void finish(ClusterObject object) {
        table.get(object.key())
                .filter(live -> live.uid().equals(object.uid()) && !live.hasFinalizers())
                .ifPresent(this::erase);
    }

    /** Pods are taken away by the kubelet, namespaces by the garbage collector. */
    private static boolean hasKeeper(ResourceKind kind) {
        return kind.equals(ResourceKind.POD) || kind.equals(ResourceKind.NAMESPACE);
    }

    private ClusterObject save(ResourceKind kind, ObjectNode json) {
        json.withObjectProperty("metadata").put("resourceVersion", Long.toString(versions.next()));
        JsonText text = JsonText.of(json);
        ClusterObject object = ClusterObject.stored(kind, text);
        files.write(object.key(), text);
        ClusterObject before = table.put(object);
        tell(new Change(before == null ? Change.Type.ADDED : Change.Type.MODIFIED, object, before));
        return object;
    }

    private ClusterObject erase(ClusterObject last) {
        files.delete(last.key());
        ClusterObject before = table.remove(last.key());
        ObjectNode json = last.copy();
        json.withObjectProperty("metadata").put("resourceVersion", Long.toString(versions.next()));
        ClusterObject gone = stored(last.kind(), json);
        tell(new Change(Change.Type.DELETED, gone, before));
        return gone;
    }

    private void tell(Change change) {
        history(change.object().kind()).add(change);
        listeners.forEach(listener -> listener.accept(change));
    }

    /** One for each kind, so that many events do not make the watches of all other kinds start anew. */
    private History history(ResourceKind kind) {
        return histories.computeIfAbsent(kind, each -> new History(firstVersion));
    }

    private static ClusterObject stored(ResourceKind kind, ObjectNode json) {
        return ClusterObject.stored(kind, JsonText.of(json));
    }
}
