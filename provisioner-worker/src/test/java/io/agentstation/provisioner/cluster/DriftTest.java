package io.agentstation.provisioner.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final ManagedFieldsEntry APPLIED =
            entry(KubernetesCluster.FIELD_MANAGER, "", Map.of("f:a", Map.of(), "f:b", Map.of(".", Map.of())));

    @Test
    void whatAnotherAddsIsNoDrift() {
        ConfigMap revised = object(APPLIED, entry("kube-controller-manager", "", Map.of("f:revision", Map.of())));

        assertThat(Drift.between(object(APPLIED), revised)).isFalse();
        assertThat(Drift.between(revised, object(APPLIED))).isFalse();
    }

    @Test
    void aStatusIsNoDrift() {
        assertThat(Drift.between(object(APPLIED), object(APPLIED, entry("kubelet", "status", Map.of("f:s", Map.of())))))
                .isFalse();
    }

    @Test
    void aFieldThatIsAnothersNowIsDrift() {
        ConfigMap taken = object(
                entry(KubernetesCluster.FIELD_MANAGER, "", Map.of("f:a", Map.of())),
                entry("kubectl-edit", "", Map.of("f:b", Map.of(".", Map.of()))));

        assertThat(Drift.between(object(APPLIED), taken)).isTrue();
    }

    @Test
    void aListOfWritersThatWasEmptiedIsDrift() {
        assertThat(Drift.between(object(APPLIED), object())).isTrue();
    }

    @Test
    void whatAnInformerKeepsIsComparedWithWhatTheServerSends() {
        ConfigMap kept = new ConfigMapBuilder()
                .withNewMetadata()
                .withManagedFields(Drift.own(object(APPLIED)))
                .endMetadata()
                .build();

        assertThat(Drift.between(kept, object(APPLIED))).isFalse();
        assertThat(Drift.between(kept, object())).isTrue();
        assertThat(Drift.own(kept)).isEqualTo(Drift.own(object(APPLIED)));
    }

    private static ConfigMap object(ManagedFieldsEntry... entries) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withManagedFields(entries)
                .endMetadata()
                .build();
    }

    private static ManagedFieldsEntry entry(String manager, String subresource, Map<String, Object> fields) {
        FieldsV1 all = new FieldsV1();
        // The server's order is no part of what a field is.
        new TreeMap<>(fields).forEach(all::setAdditionalProperty);
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withSubresource(subresource)
                .withFieldsV1(all)
                .build();
    }
}
