package io.agentstation.provisioner.preflight;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/** Whether the agents' namespace is there, or the Station may make it. */
final class NamespaceCheck {

    private static final int FORBIDDEN = 403;

    private NamespaceCheck() {}

    static List<Finding> of(KubernetesClient client, String name, RightsCheck rights) {
        String make = "kubectl create namespace " + name;
        try {
            if (client.namespaces().withName(name).get() != null) {
                return List.of(Finding.ok("The namespace " + name + " exists"));
            }
            return List.of(
                    rights.mayMakeNamespace()
                            ? Finding.ok("The namespace " + name + " does not exist; the Station will make it")
                            : Finding.fatal(
                                    "The namespace " + name + " does not exist and the kubeconfig's user may not make"
                                            + " it: let the cluster's administrator run " + make
                                            + ", or choose another with --namespace"));
        } catch (KubernetesClientException e) {
            String reason = e.getCode() == FORBIDDEN ? "its user may not look" : FirstLine.of(e);
            return List.of(Finding.warning("Whether the namespace " + name + " exists cannot be told (" + reason
                    + "): see that it does; if not, let the cluster's administrator run " + make));
        }
    }
}
