package io.agentstation.provisioner.preflight;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the agents' namespace is bounded, and whether its bound leaves room. */
final class QuotaCheck {

    private QuotaCheck() {}

    static Finding of(KubernetesClient client, String namespace) {
        List<ResourceQuota> quotas;
        try {
            quotas = client.resourceQuotas().inNamespace(namespace).list().getItems();
        } catch (KubernetesClientException e) {
            return Finding.warning("The quotas of namespace " + namespace + " cannot be told (" + FirstLine.of(e)
                    + "): ask the cluster's administrator how much the agents may use");
        }
        if (quotas.isEmpty()) {
            return Finding.warning("The namespace " + namespace + " has no resource quota, so agents may use the whole"
                    + " cluster: bound them, for example kubectl create quota agents -n " + namespace
                    + " --hard=limits.cpu=40,limits.memory=200Gi,pods=100");
        }
        return quotas.stream()
                .flatMap(quota ->
                        quota.getStatus() == null ? Stream.<Finding>empty() : exhausted(quota, namespace).stream())
                .findFirst()
                .orElseGet(() -> Finding.ok("The namespace " + namespace + " has a resource quota with room left"));
    }

    private static List<Finding> exhausted(ResourceQuota quota, String namespace) {
        Map<String, Quantity> hard =
                Objects.requireNonNullElse(quota.getStatus().getHard(), Map.of());
        Map<String, Quantity> used =
                Objects.requireNonNullElse(quota.getStatus().getUsed(), Map.of());
        return hard.entrySet().stream()
                .filter(bound -> used.containsKey(bound.getKey()))
                .filter(bound -> isReached(used.get(bound.getKey()), bound.getValue()))
                .map(bound ->
                        Finding.warning("The quota " + quota.getMetadata().getName() + " of namespace " + namespace
                                + " is used up: " + bound.getKey() + " is " + used.get(bound.getKey()) + " of "
                                + bound.getValue()
                                + "; delete agents, or let the cluster's administrator raise it"))
                .toList();
    }

    private static boolean isReached(@Nullable Quantity used, Quantity hard) {
        return used != null && used.getNumericalAmount().compareTo(hard.getNumericalAmount()) >= 0;
    }
}
