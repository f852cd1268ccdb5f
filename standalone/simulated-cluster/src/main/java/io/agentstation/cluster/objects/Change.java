package io.agentstation.cluster.objects;

import org.jspecify.annotations.Nullable;

/**
 * One change of the store.
 *
 * @param object the new state; of a deleted object the last one, with the version of the deletion
 * @param before the old state; null for an added object
 */
public record Change(
        Type type, ClusterObject object, @Nullable ClusterObject before) {

    /** As watches name it. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    /** The version that this change made. */
    public long resourceVersion() {
        return object.resourceVersion();
    }
}
