package io.agentstation.provisioner.preflight;

import io.agentstation.provisioner.cluster.ClusterConnection;
import io.agentstation.provisioner.cluster.ClusterSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a cluster before the Station uses it. Only reads and asks: nothing on the cluster is changed, so that it can be
 * repeated at any time.
 */
public final class Preflight {

    private Preflight() {}

    /**
     * Everything that was looked at, in the order of a start. Ends early when there is no use in going on: no kubeconfig,
     * no answer, no credentials. Takes at most the client's time-out, 10 s, for a cluster that does not answer.
     */
    public static List<Finding> run(ClusterSettings settings, ClusterNeeds needs) {
        List<Finding> findings = new ArrayList<>();
        findings.add(PublicUrlCheck.of(needs.publicUrl()));
        List<Finding> kubeconfig = KubeconfigCheck.of(settings);
        findings.addAll(kubeconfig);
        if (kubeconfig.isEmpty()) {
            try (KubernetesClient client = ClusterConnection.open(settings)) {
                findings.addAll(ask(client, needs));
            }
        }
        return List.copyOf(findings);
    }

    private static List<Finding> ask(KubernetesClient client, ClusterNeeds needs) {
        List<Finding> findings = new ArrayList<>(ReachabilityCheck.of(client));
        if (findings.stream().noneMatch(Finding::isFatal)) {
            String namespace = needs.namespace();
            RightsCheck rights = new RightsCheck(client, namespace);
            findings.addAll(NamespaceCheck.of(client, namespace, rights));
            findings.addAll(rights.findings());
            findings.add(IngressClassCheck.of(client, needs.ingressClass()));
            findings.add(CertificatesCheck.of(client, needs.clusterIssuer()));
            findings.add(QuotaCheck.of(client, namespace));
        }
        return findings;
    }
}
