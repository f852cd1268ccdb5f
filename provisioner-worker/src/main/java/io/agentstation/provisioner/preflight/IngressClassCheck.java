package io.agentstation.provisioner.preflight;

import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/** Whether something on the cluster serves the agents' Ingress. */
final class IngressClassCheck {

    private static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";
    private static final String CHOOSE = "--set " + ClusterNeeds.INGRESS_CLASS + "=";

    private IngressClassCheck() {}

    static Finding of(KubernetesClient client, String wanted) {
        List<IngressClass> found;
        try {
            found = client.network().v1().ingressClasses().list().getItems();
        } catch (KubernetesClientException e) {
            return Finding.warning("Which ingress classes the cluster has cannot be told (" + FirstLine.of(e)
                    + "): see with its administrator that there is one, and name it with " + CHOOSE + "NAME");
        }
        List<String> names =
                found.stream().map(each -> each.getMetadata().getName()).toList();
        if (names.isEmpty()) {
            return Finding.warning("The cluster has no ingress class, so agents run but no web address leads to them:"
                    + " install an ingress controller, for example Traefik or Envoy Gateway");
        }
        if (!wanted.isEmpty()) {
            return names.contains(wanted)
                    ? Finding.ok("The ingress class " + wanted + " exists")
                    : Finding.warning(
                            "The cluster has no ingress class " + wanted + ", only " + names + ", so no web address"
                                    + " leads to the agents: choose one of them with " + CHOOSE + names.get(0));
        }
        return found.stream().anyMatch(IngressClassCheck::isDefault)
                ? Finding.ok("The cluster has a default ingress class")
                : Finding.warning(
                        "None of the cluster's ingress classes " + names + " is its default, so no web address"
                                + " leads to the agents: choose one with " + CHOOSE + names.get(0));
    }

    private static boolean isDefault(IngressClass each) {
        var annotations = each.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(DEFAULT));
    }
}
