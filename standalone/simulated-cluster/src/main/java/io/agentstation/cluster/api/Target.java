package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Ownership;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ResourceKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a path names: a collection, an object or a part of one.
 *
 * @param namespace   empty for all namespaces, or for kinds outside namespaces
 * @param name        empty for a collection
 * @param subresource empty for the object itself
 */
record Target(ResourceKind kind, String namespace, String name, String subresource) {

    /** What {@code /api/v1/...} or {@code /apis/<group>/<version>/...} names; empty when nothing is served there. */
    static Optional<Target> of(List<String> segments) {
        if (segments.size() >= 3 && segments.get(0).equals("api")) {
            return of("", segments.get(1), segments.subList(2, segments.size()));
        }
        if (segments.size() >= 4 && segments.get(0).equals("apis")) {
            return of(segments.get(1), segments.get(2), segments.subList(3, segments.size()));
        }
        return Optional.empty();
    }

    private static Optional<Target> of(String group, String version, List<String> rest) {
        boolean inNamespace =
                rest.size() >= 3 && rest.get(0).equals("namespaces") && !isNamespacePart(group, rest.get(2));
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> own = inNamespace ? rest.subList(2, rest.size()) : rest;
        if (own.size() > 3) {
            return Optional.empty();
        }
        return ResourceKind.of(group, version, own.get(0))
                .filter(kind -> kind.namespaced() || !inNamespace)
                .map(kind -> new Target(kind, namespace, at(own, 1), at(own, 2)))
                // Objects of a namespaced kind have no path outside their namespace.
                .filter(target ->
                        target.name().isEmpty() || inNamespace || !target.kind().namespaced());
    }

    private static boolean isNamespacePart(String group, String segment) {
        return group.isEmpty() && (segment.equals("status") || segment.equals("finalize"));
    }

    private static String at(List<String> segments, int index) {
        return index < segments.size() ? segments.get(index) : "";
    }

    boolean isCollection() {
        return name.isEmpty();
    }

    ObjectKey key() {
        return new ObjectKey(kind, namespace, name);
    }

    /** Who writes here, for the ownership of fields. */
    Ownership.Writer writer(ApiRequest request, Instant now) {
        return new Ownership.Writer(request.fieldManager(), kind.apiVersion(), subresource, now);
    }

    Optional<String> inNamespace() {
        return namespace.isEmpty() ? Optional.empty() : Optional.of(namespace);
    }
}
