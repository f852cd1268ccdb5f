package io.agentstation.provisioner.preflight;

import org.jspecify.annotations.Nullable;

/**
 * What the Station's agents are to have on a cluster.
 *
 * @param namespace     where they live
 * @param publicUrl     where they reach the Station; null when nobody has said
 * @param clusterIssuer cert-manager's issuer of their certificates; empty: none is asked for
 * @param ingressClass  of their Ingress; empty: the cluster's default
 */
public record ClusterNeeds(String namespace, @Nullable String publicUrl, String clusterIssuer, String ingressClass) {

    /** The issuer that is asked for unless a setting says otherwise. */
    public static final String DEFAULT_CLUSTER_ISSUER = "letsencrypt-prod";

    /** The setting of {@link #publicUrl}. */
    public static final String PUBLIC_URL = "station.provisioner.public-url";

    /** The setting of {@link #clusterIssuer}. */
    public static final String CLUSTER_ISSUER = "station.provisioner.cluster-issuer";

    /** The setting of {@link #ingressClass}. */
    public static final String INGRESS_CLASS = "station.provisioner.ingress-class";
}
