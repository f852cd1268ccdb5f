package io.agentstation.cluster.apply;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the Kubernetes API says about merging the lists and structs that this cluster knows ({@code x-kubernetes-list-type},
 * {@code -list-map-keys} and {@code -map-type} of its OpenAPI document).
 *
 * <p>A place is the dotted path of field names with {@code *} for a list item; a rule holds for every place that ends
 * with it. What is not listed: lists are atomic, objects are merged field by field.
 */
final class Schema {

    private static final Map<String, ListType> LISTS = Map.ofEntries(
            Map.entry("containers", ListType.mapBy("name")),
            Map.entry("initContainers", ListType.mapBy("name")),
            Map.entry("ephemeralContainers", ListType.mapBy("name")),
            Map.entry("containers.*.ports", ListType.mapBy("containerPort", "protocol")),
            Map.entry("initContainers.*.ports", ListType.mapBy("containerPort", "protocol")),
            Map.entry("spec.ports", ListType.mapBy("port", "protocol")),
            Map.entry("env", ListType.mapBy("name")),
            Map.entry("volumes", ListType.mapBy("name")),
            Map.entry("volumeMounts", ListType.mapBy("mountPath")),
            Map.entry("volumeDevices", ListType.mapBy("devicePath")),
            Map.entry("imagePullSecrets", ListType.mapBy("name")),
            Map.entry("secrets", ListType.mapBy("name")),
            Map.entry("hostAliases", ListType.mapBy("ip")),
            Map.entry("topologySpreadConstraints", ListType.mapBy("topologyKey", "whenUnsatisfiable")),
            Map.entry("metadata.ownerReferences", ListType.mapBy("uid")),
            Map.entry("status.conditions", ListType.mapBy("type")),
            Map.entry("metadata.finalizers", ListType.SET));

    private static final Set<String> ATOMIC_OBJECTS = Set.of(
            "spec.selector",
            "labelSelector",
            "podSelector",
            "namespaceSelector",
            "nodeSelector",
            "secretKeyRef",
            "configMapKeyRef",
            "fieldRef",
            "resourceFieldRef",
            "ownerReferences.*",
            "spec.defaultBackend");

    private Schema() {}

    static ListType list(List<String> place) {
        return suffixes(place).stream()
                .map(LISTS::get)
                .filter(type -> type != null)
                .findFirst()
                .orElse(ListType.ATOMIC);
    }

    static boolean isAtomicObject(List<String> place) {
        return suffixes(place).stream().anyMatch(ATOMIC_OBJECTS::contains);
    }

    /** The last three, two and one names: no rule is longer, and a longer rule comes first. */
    private static List<String> suffixes(List<String> place) {
        return java.util.stream.IntStream.rangeClosed(Math.max(0, place.size() - 3), Math.max(0, place.size() - 1))
                .mapToObj(from -> String.join(".", place.subList(from, place.size())))
                .toList();
    }
}
