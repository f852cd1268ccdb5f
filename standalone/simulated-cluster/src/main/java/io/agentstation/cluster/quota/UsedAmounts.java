package io.agentstation.cluster.quota;

import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ClusterObject;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * What the pods of each namespace use together, kept with every change of a pod: to add up a thousand pods for each new one
 * took longer than to start it. Thread-safe.
 */
final class UsedAmounts {

    private final Map<String, Map<String, BigDecimal>> byPod = new HashMap<>();
    private final Map<String, Map<String, BigDecimal>> byNamespace = new HashMap<>();

    /** Takes a change of a pod into account; the same change again changes nothing. */
    synchronized void follow(Change change) {
        ClusterObject pod = change.object();
        Map<String, BigDecimal> now = change.type() == Change.Type.DELETED ? Map.of() : PodUsage.of(pod);
        Map<String, BigDecimal> before = now.isEmpty() ? byPod.remove(pod.uid()) : byPod.put(pod.uid(), now);
        Map<String, BigDecimal> used = byNamespace.computeIfAbsent(pod.namespace(), each -> new HashMap<>());
        now.forEach((resource, amount) -> used.merge(resource, amount, BigDecimal::add));
        if (before != null) {
            before.forEach((resource, amount) -> used.merge(resource, amount.negate(), BigDecimal::add));
        }
    }

    /** Of one resource, in its base unit. */
    synchronized BigDecimal of(String namespace, String resource) {
        return byNamespace.getOrDefault(namespace, Map.of()).getOrDefault(resource, BigDecimal.ZERO);
    }
}
