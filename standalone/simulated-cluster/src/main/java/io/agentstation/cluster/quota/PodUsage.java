package io.agentstation.cluster.quota;

import io.agentstation.cluster.objects.ClusterObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a pod counts for, by a quota's name of the resource. */
final class PodUsage {

    /** The resources that a quota can limit here: where the amount is in a container's {@code resources}. */
    private static final Map<String, List<String>> PLACES = Map.of(
            "cpu", List.of("requests", "cpu"),
            "requests.cpu", List.of("requests", "cpu"),
            "limits.cpu", List.of("limits", "cpu"),
            "memory", List.of("requests", "memory"),
            "requests.memory", List.of("requests", "memory"),
            "limits.memory", List.of("limits", "memory"));

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final String PODS = "pods";
    private static final List<String> KNOWN =
            Stream.concat(PLACES.keySet().stream(), Stream.of(PODS)).toList();

    private PodUsage() {}

    /** Whether a quota of this resource has an effect here. */
    static boolean isKnown(String resource) {
        return KNOWN.contains(resource);
    }

    /** A pod that has ended counts for nothing; one that is about to be deleted still counts. */
    static boolean counts(ClusterObject pod) {
        return !ENDED.contains(pod.status().path("phase").asString(""));
    }

    /** What the pod counts for, of every known resource; nothing when it has ended. */
    static Map<String, BigDecimal> of(ClusterObject pod) {
        return counts(pod)
                ? KNOWN.stream().collect(Collectors.toUnmodifiableMap(resource -> resource, each -> of(pod, each)))
                : Map.of();
    }

    static BigDecimal of(ClusterObject pod, String resource) {
        return resource.equals(PODS)
                ? BigDecimal.ONE
                : pod.spec()
                        .path("containers")
                        .valueStream()
                        .map(container -> Amounts.amount(in(container, resource)))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The containers that do not say how much of a limited resource they want, as {@code cpu for: agent}; or empty. */
    static String unsaid(ClusterObject pod, String resource) {
        String containers = resource.equals(PODS)
                ? ""
                : pod.spec()
                        .path("containers")
                        .valueStream()
                        .filter(container -> in(container, resource).isMissingNode())
                        .map(container -> container.path("name").asString(""))
                        .collect(Collectors.joining(","));
        return containers.isEmpty() ? "" : resource + " for: " + containers;
    }

    private static JsonNode in(JsonNode container, String resource) {
        List<String> place = PLACES.getOrDefault(resource, List.of("", ""));
        return container.path("resources").path(place.get(0)).path(place.get(1));
    }
}
