package io.agentstation.provisioner.quota;

import io.agentstation.contracts.agents.Quantity;
import io.agentstation.contracts.clusters.QuotaLimit;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What several ResourceQuotas come to together: of each resource the limit that leaves least. A quota with scopes is left
 * out, for it holds for some pods only.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/policy/resource-quotas/">Resource quotas</a>
 */
final class QuotaLimits {

    // A quota may name requests either way.
    private static final String REQUESTS = "requests.";
    private static final List<String> COMPUTE = List.of("cpu", "memory");

    private QuotaLimits() {}

    static List<QuotaLimit> of(Collection<ResourceQuota> quotas) {
        SortedMap<String, QuotaLimit> limits = new TreeMap<>();
        quotas.stream().filter(QuotaLimits::holdsForEveryPod).forEach(quota -> add(limits, quota.getStatus()));
        return List.copyOf(limits.values());
    }

    private static boolean holdsForEveryPod(ResourceQuota quota) {
        return quota.getSpec() != null
                && quota.getSpec().getScopeSelector() == null
                && (quota.getSpec().getScopes() == null
                        || quota.getSpec().getScopes().isEmpty());
    }

    private static void add(SortedMap<String, QuotaLimit> limits, @Nullable ResourceQuotaStatus status) {
        if (status == null || status.getHard() == null) {
            return;
        }
        BinaryOperator<QuotaLimit> tighter = (one, other) -> one.left().compareTo(other.left()) <= 0 ? one : other;
        Map<String, io.fabric8.kubernetes.api.model.Quantity> used =
                status.getUsed() == null ? Map.of() : status.getUsed();
        status.getHard()
                .forEach((resource, hard) -> limit(
                                resource,
                                hard.toString(),
                                String.valueOf(used.getOrDefault(
                                        resource, io.fabric8.kubernetes.api.model.Quantity.parse("0"))))
                        .ifPresent(limit -> limits.merge(limit.resource(), limit, tighter)));
    }

    /** Empty for a quantity that is none of ours, such as a negative one. */
    private static Optional<QuotaLimit> limit(String resource, String hard, String used) {
        return Quantity.parse(hard)
                .flatMap(limit -> Quantity.parse(used))
                .map(parsed -> new QuotaLimit(name(resource), hard, used));
    }

    private static String name(String resource) {
        boolean isRequest = resource.startsWith(REQUESTS) && COMPUTE.contains(resource.substring(REQUESTS.length()));
        return isRequest ? resource.substring(REQUESTS.length()) : resource;
    }
}
