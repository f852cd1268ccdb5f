package io.agentstation.provisioner.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.clusters.QuotaLimit;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QuotaLimitsTest {

    @Test
    void ofEachResourceTheLimitThatLeavesLeastCountsWhateverTheQuotaCallsIt() {
        List<QuotaLimit> limits = QuotaLimits.of(List.of(
                quota(Map.of("requests.cpu", "40", "pods", "100"), Map.of("requests.cpu", "12500m", "pods", "7")),
                quota(Map.of("cpu", "20", "limits.memory", "200Gi"), Map.of("cpu", "1", "limits.memory", "3Gi")),
                quota(Map.of("pods", "8"), Map.of())));

        assertThat(limits)
                .containsExactly(
                        new QuotaLimit("cpu", "20", "1"),
                        new QuotaLimit("limits.memory", "200Gi", "3Gi"),
                        new QuotaLimit("pods", "8", "0"));
    }

    @Test
    void aQuotaForSomePodsOnlyOrOneThatWasNotCountedYetSaysNothing() {
        ResourceQuota scoped = new ResourceQuotaBuilder(quota(Map.of("cpu", "1"), Map.of("cpu", "1")))
                .editSpec()
                .withScopes("BestEffort")
                .endSpec()
                .build();
        ResourceQuota uncounted = new ResourceQuotaBuilder()
                .withNewSpec()
                .addToHard("cpu", new Quantity("1"))
                .endSpec()
                .build();

        assertThat(QuotaLimits.of(List.of(scoped, uncounted))).isEmpty();
    }

    private static ResourceQuota quota(Map<String, String> hard, Map<String, String> used) {
        return new ResourceQuotaBuilder()
                .withNewSpec()
                .withHard(quantities(hard))
                .endSpec()
                .withNewStatus()
                .withHard(quantities(hard))
                .withUsed(quantities(used))
                .endStatus()
                .build();
    }

    private static Map<String, Quantity> quantities(Map<String, String> texts) {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Quantity(entry.getValue())));
    }
}
