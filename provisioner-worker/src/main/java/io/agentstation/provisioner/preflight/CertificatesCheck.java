package io.agentstation.provisioner.preflight;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Whether cert-manager is there to make the agents' certificates, with the issuer that is asked for. */
final class CertificatesCheck {

    private static final String API = "/apis/cert-manager.io/v1";
    private static final String WITHOUT = "--set " + ClusterNeeds.CLUSTER_ISSUER + "= for agents without certificates";

    private CertificatesCheck() {}

    static Finding of(KubernetesClient client, String issuer) {
        if (issuer.isEmpty()) {
            return Finding.ok("No certificates are asked for the agents");
        }
        try {
            // Null is this client's word for HTTP 404.
            if (client.raw(API) == null) {
                return Finding.warning("The cluster has no cert-manager (" + API.substring(1)
                        + " is not served), so agents" + " get no certificates: install it, or start with " + WITHOUT);
            }
            if (client.raw(API + "/clusterissuers/" + issuer) == null) {
                return Finding.warning("cert-manager has no ClusterIssuer " + issuer
                        + ", so agents get no certificates: make" + " it, name another with --set "
                        + ClusterNeeds.CLUSTER_ISSUER + "=NAME, or start with " + WITHOUT);
            }
            return Finding.ok("cert-manager has the ClusterIssuer " + issuer);
        } catch (KubernetesClientException e) {
            return Finding.warning("Whether cert-manager has the ClusterIssuer " + issuer + " cannot be told ("
                    + FirstLine.of(e) + "): see with kubectl get clusterissuer " + issuer);
        }
    }
}
