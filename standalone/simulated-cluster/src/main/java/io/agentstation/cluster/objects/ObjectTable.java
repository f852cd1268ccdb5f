package io.agentstation.cluster.objects;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects in memory, found by key, by kind, by uid and by owner. Not thread-safe; the store guards it. */
final class ObjectTable {

    private final Map<ObjectKey, ClusterObject> byKey = new HashMap<>();
    private final Map<ResourceKind, NavigableMap<String, ClusterObject>> byKind = new HashMap<>();
    private final Map<String, ObjectKey> byUid = new HashMap<>();
    private final Map<String, Set<ObjectKey>> byOwner = new HashMap<>();

    Optional<ClusterObject> get(ObjectKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    Optional<ClusterObject> withUid(String uid) {
        return Optional.ofNullable(byUid.get(uid)).flatMap(this::get);
    }

    List<ClusterObject> dependents(String ownerUid) {
        return byOwner.getOrDefault(ownerUid, Set.of()).stream()
                .flatMap(key -> get(key).stream())
                .toList();
    }

    Collection<ClusterObject> all(ResourceKind kind) {
        return sorted(kind).values();
    }

    Collection<ClusterObject> all(ResourceKind kind, String namespace) {
        // '0' is the character after '/': the range holds this namespace only.
        return sorted(kind).subMap(namespace + "/", namespace + "0").values();
    }

    Collection<ClusterObject> all() {
        return byKey.values();
    }

    /** Puts a state in place of the last one, if any, and returns that. */
    @Nullable
    ClusterObject put(ClusterObject object) {
        ClusterObject before = remove(object.key());
        byKey.put(object.key(), object);
        sorted(object.kind()).put(object.key().order(), object);
        byUid.put(object.uid(), object.key());
        object.owners()
                .forEach(owner -> byOwner.computeIfAbsent(owner.uid(), uid -> new LinkedHashSet<>())
                        .add(object.key()));
        return before;
    }

    @Nullable
    ClusterObject remove(ObjectKey key) {
        ClusterObject gone = byKey.remove(key);
        if (gone != null) {
            sorted(key.kind()).remove(key.order());
            byUid.remove(gone.uid());
            gone.owners().forEach(owner -> disown(owner.uid(), key));
        }
        return gone;
    }

    private void disown(String ownerUid, ObjectKey key) {
        Set<ObjectKey> dependents = byOwner.getOrDefault(ownerUid, Set.of());
        dependents.remove(key);
        if (dependents.isEmpty()) {
            byOwner.remove(ownerUid);
        }
    }

    private NavigableMap<String, ClusterObject> sorted(ResourceKind kind) {
        return byKind.computeIfAbsent(kind, each -> new TreeMap<>());
    }
}
