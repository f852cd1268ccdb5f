package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Server-side apply: ownership of fields, conflicts, and that repeating changes nothing. */
abstract class ApplyConformance extends Conformance {

    @Test
    void createsOwnsAndThenChangesNothing() {
        ConfigMap created = apply(configMap(Map.of("a", "1")), "station", false);

        ConfigMap again = apply(configMap(Map.of("a", "1")), "station", false);

        assertThat(created.getMetadata().getUid()).isNotBlank();
        assertThat(created.getMetadata().getCreationTimestamp()).isNotBlank();
        ManagedFieldsEntry entry = created.getMetadata().getManagedFields().get(0);
        assertThat(entry.getManager()).isEqualTo("station");
        assertThat(entry.getOperation()).isEqualTo("Apply");
        assertThat(entry.getFieldsV1().getAdditionalProperties()).containsKey("f:data");
        assertThat(again.getMetadata().getResourceVersion())
                .isEqualTo(created.getMetadata().getResourceVersion());
    }

    @Test
    void aFieldOfAnotherManagerIsAConflictUnlessForced() {
        apply(configMap(Map.of("a", "1")), "station", false);

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> apply(configMap(Map.of("a", "2")), "intruder", false))
                .satisfies(refusal -> {
                    assertThat(refusal.getCode()).isEqualTo(409);
                    assertThat(refusal.getStatus().getReason()).isEqualTo("Conflict");
                    assertThat(refusal.getStatus().getMessage())
                            .isEqualTo("Apply failed with 1 conflict: conflict with \"station\" using v1: .data.a");
                });
        assertThat(apply(configMap(Map.of("a", "2")), "intruder", true).getData())
                .containsEntry("a", "2");
    }

    @Test
    void aDroppedFieldIsRemoved() {
        apply(configMap(Map.of("a", "1", "b", "2")), "station", false);
        apply(configMap(Map.of("c", "3")), "other", false);

        ConfigMap after = apply(configMap(Map.of("a", "1")), "station", false);

        assertThat(after.getData()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "c", "3"));
    }

    @Test
    void replicasLeftUnownedStayAsScaled() {
        Deployment wanted = deployment("scaled");
        wanted.getSpec().setReplicas(null);
        client().resource(wanted).fieldManager("station").serverSideApply();
        client().apps()
                .deployments()
                .inNamespace(namespace())
                .withName("scaled")
                .scale(3);

        Deployment after = client().resource(wanted).fieldManager("station").serverSideApply();

        assertThat(after.getSpec().getReplicas()).isEqualTo(3);
    }

    @Test
    void theGenerationCountsChangesOfTheSpecOnly() {
        Deployment wanted = deployment("counted");
        long first = client().resource(wanted)
                .fieldManager("station")
                .serverSideApply()
                .getMetadata()
                .getGeneration();
        wanted.getMetadata().setAnnotations(Map.of("note", "x"));
        Deployment annotated = client().resource(wanted)
                .fieldManager("station")
                .forceConflicts()
                .serverSideApply();
        wanted.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(target().otherImage());

        Deployment changed = client().resource(wanted)
                .fieldManager("station")
                .forceConflicts()
                .serverSideApply();

        assertThat(first).isEqualTo(1);
        assertThat(annotated.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void aTypicalSetAppliedAgainChangesNothing() {
        Deployment deployment = deployment("same");
        deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .setPorts(List.of(
                        new ContainerPortBuilder().withContainerPort(8080).build()));
        List<HasMetadata> set = List.of(deployment, service(), ingress(), networkPolicy());
        set.forEach(wanted -> client().resource(wanted).fieldManager("station").serverSideApply());
        client().resource(deployment).waitUntilReady(target().patience().toSeconds(), TimeUnit.SECONDS);
        List<String> versions = versions(set);

        set.forEach(wanted -> client().resource(wanted).fieldManager("station").serverSideApply());

        assertThat(versions(set)).isEqualTo(versions);
    }

    private List<String> versions(List<HasMetadata> set) {
        return set.stream()
                // On a real cluster an ingress controller may write the status meanwhile.
                .filter(wanted -> target().isSimulated() || !(wanted instanceof Ingress))
                .map(wanted -> client().resource(wanted).get().getMetadata().getResourceVersion())
                .toList();
    }

    private Service service() {
        return new ServiceBuilder()
                .withMetadata(metadata())
                .withNewSpec()
                .withSelector(Map.of("app", "same"))
                .addNewPort()
                .withName("http")
                .withPort(8080)
                .endPort()
                .endSpec()
                .build();
    }

    private Ingress ingress() {
        return new IngressBuilder()
                .withMetadata(metadata())
                .withNewSpec()
                .addNewRule()
                .withHost("same.example.org")
                .endRule()
                .endSpec()
                .build();
    }

    private NetworkPolicy networkPolicy() {
        return new NetworkPolicyBuilder()
                .withMetadata(metadata())
                .withNewSpec()
                .withNewPodSelector()
                .addToMatchLabels("app", "same")
                .endPodSelector()
                .endSpec()
                .build();
    }

    private ObjectMeta metadata() {
        return new ObjectMetaBuilder()
                .withName("same")
                .withNamespace(namespace())
                .build();
    }

    private ConfigMap apply(ConfigMap wanted, String manager, boolean force) {
        return client().resource(wanted)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(manager)
                                .withForce(force)
                                .build(),
                        wanted);
    }

    private ConfigMap configMap(Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .withNamespace(namespace())
                .endMetadata()
                .withData(data)
                .build();
    }
}
