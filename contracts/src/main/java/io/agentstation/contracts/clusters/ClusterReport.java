package io.agentstation.contracts.clusters;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster stands, on {@code agent.clusters}, keyed by the cluster's name, where the newest record counts. Every
 * provisioner of the cluster writes it when something changes and every few seconds.
 *
 * @param cluster    its name
 * @param namespace  of the agents
 * @param at         by the provisioner's clock
 * @param inspection where this provisioner answers the gateways' questions about agents, or null when it does not
 * @param quota      the limits of the namespace, one for each resource, empty when it has none; null when they cannot be told
 */
public record ClusterReport(
        String cluster,
        String namespace,
        Instant at,
        @Nullable URI inspection,
        @Nullable List<QuotaLimit> quota) {

    /** The name of the one cluster that there is today. */
    public static final String DEFAULT_CLUSTER = "default";

    public ClusterReport {
        if (cluster.isBlank() || namespace.isBlank()) {
            throw new IllegalArgumentException(
                    "cluster and namespace must not be blank: " + cluster + ", " + namespace);
        }
        quota = quota == null ? null : List.copyOf(quota);
    }
}
