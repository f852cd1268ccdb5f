package io.agentstation.provisioner.cluster;

import java.util.Map;

/**
 * What all agents of a namespace may ask for together, which the Station sets on a namespace that it has made itself.
 *
 * @param managed false leaves the namespace's quotas to its administrator
 * @param cpu     sum of the requests, a Kubernetes quantity
 * @param memory  sum of the requests, a Kubernetes quantity
 * @param pods    how many
 */
public record NamespaceQuota(boolean managed, String cpu, String memory, int pods) {

    /** No quota of the Station's. */
    public static final NamespaceQuota NONE = new NamespaceQuota(false, "0", "0", 0);

    Map<String, String> hard() {
        return Map.of("cpu", cpu, "memory", memory, "pods", Integer.toString(pods));
    }
}
