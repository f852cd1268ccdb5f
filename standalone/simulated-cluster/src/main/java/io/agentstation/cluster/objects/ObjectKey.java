package io.agentstation.cluster.objects;

/**
 * Names one object.
 *
 * @param namespace empty for kinds outside namespaces
 */
public record ObjectKey(ResourceKind kind, String namespace, String name) {

    /** An object of another kind in the same namespace. */
    public ObjectKey sibling(ResourceKind otherKind, String otherName) {
        return new ObjectKey(otherKind, namespace, otherName);
    }

    /** As Kubernetes lists: by namespace, then by name. */
    public String order() {
        return namespace + "/" + name;
    }
}
