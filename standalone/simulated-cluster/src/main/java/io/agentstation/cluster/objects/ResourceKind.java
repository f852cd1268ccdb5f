package io.agentstation.cluster.objects;

import java.util.List;
import java.util.Optional;

/**
 * One kind of the API: how it is named in bodies and in paths, and what it supports.
 *
 * @param group          empty for the core group
 * @param plural         in paths
 * @param namespaced     whether its objects live in namespaces
 * @param hasStatus      whether the status is a sub-resource, isolated from writes to the object
 * @param hasGeneration  whether {@code metadata.generation} counts changes of the spec
 * @param shortNames     for kubectl
 */
public record ResourceKind(
        String group,
        String version,
        String kind,
        String plural,
        boolean namespaced,
        boolean hasStatus,
        boolean hasGeneration,
        List<String> shortNames) {

    public static final ResourceKind NAMESPACE =
            new ResourceKind("", "v1", "Namespace", "namespaces", false, true, false, List.of("ns"));
    public static final ResourceKind POD = new ResourceKind("", "v1", "Pod", "pods", true, true, false, List.of("po"));
    public static final ResourceKind CONFIG_MAP = core("ConfigMap", "configmaps", "cm");
    public static final ResourceKind SECRET = core("Secret", "secrets");
    public static final ResourceKind SERVICE =
            new ResourceKind("", "v1", "Service", "services", true, true, false, List.of("svc"));
    public static final ResourceKind RESOURCE_QUOTA =
            new ResourceKind("", "v1", "ResourceQuota", "resourcequotas", true, true, false, List.of("quota"));
    public static final ResourceKind DEPLOYMENT =
            new ResourceKind("apps", "v1", "Deployment", "deployments", true, true, true, List.of("deploy"));
    public static final ResourceKind REPLICA_SET =
            new ResourceKind("apps", "v1", "ReplicaSet", "replicasets", true, true, true, List.of("rs"));
    public static final ResourceKind NETWORK_POLICY = new ResourceKind(
            "networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true, false, true, List.of("netpol"));

    public static final ResourceKind EVENT = core("Event", "events", "ev");
    public static final ResourceKind INGRESS =
            new ResourceKind("networking.k8s.io", "v1", "Ingress", "ingresses", true, true, true, List.of("ing"));
    public static final ResourceKind CERTIFICATE = new ResourceKind(
            "cert-manager.io", "v1", "Certificate", "certificates", true, true, true, List.of("cert", "certs"));

    /** Every kind that the cluster serves. */
    public static final List<ResourceKind> ALL = List.of(
            NAMESPACE,
            POD,
            CONFIG_MAP,
            SECRET,
            SERVICE,
            RESOURCE_QUOTA,
            DEPLOYMENT,
            REPLICA_SET,
            NETWORK_POLICY,
            core("ServiceAccount", "serviceaccounts", "sa"),
            core("LimitRange", "limitranges", "limits"),
            EVENT,
            INGRESS,
            CERTIFICATE,
            new ResourceKind("coordination.k8s.io", "v1", "Lease", "leases", true, false, false, List.of()),
            new ResourceKind(
                    "policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true, true, true, List.of("pdb")),
            new ResourceKind(
                    "autoscaling",
                    "v2",
                    "HorizontalPodAutoscaler",
                    "horizontalpodautoscalers",
                    true,
                    true,
                    false,
                    List.of("hpa")));

    private static ResourceKind core(String kind, String plural, String... shortNames) {
        return new ResourceKind("", "v1", kind, plural, true, false, false, List.of(shortNames));
    }

    /** The kind that a path names. */
    public static Optional<ResourceKind> of(String group, String version, String plural) {
        return ALL.stream()
                .filter(kind -> kind.group.equals(group) && kind.version.equals(version) && kind.plural.equals(plural))
                .findFirst();
    }

    /** The kind that a body or an owner reference names. */
    public static Optional<ResourceKind> ofBody(String apiVersion, String kindName) {
        return ALL.stream()
                .filter(kind -> kind.apiVersion().equals(apiVersion) && kind.kind.equals(kindName))
                .findFirst();
    }

    /** As in bodies: {@code v1}, {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As in error messages: {@code pods}, {@code deployments.apps}. */
    public String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** Whether it has a scale sub-resource. */
    public boolean isScalable() {
        return this.equals(DEPLOYMENT) || this.equals(REPLICA_SET);
    }
}
