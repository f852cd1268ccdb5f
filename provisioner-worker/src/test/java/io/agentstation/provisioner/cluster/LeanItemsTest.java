package io.agentstation.provisioner.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.provisioner.objects.Labels;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeanItemsTest {

    @Test
    void ofADeploymentItsStatusAndReplicasAreKept() {
        Deployment deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName("a")
                .withNamespace("agents")
                .withManagedFields(
                        writtenBy(KubernetesCluster.FIELD_MANAGER, ""),
                        writtenBy("kubelet", "status"),
                        writtenBy("kubectl", ""))
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .withNewTemplate()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withReadyReplicas(2)
                .endStatus()
                .build();
        LeanItems<Deployment> items = LeanItems.ofDeployments();

        items.put(items.getKey(deployment), deployment);

        Deployment kept = items.get("agents/a");
        assertThat(kept.getSpec().getReplicas()).isEqualTo(3);
        assertThat(kept.getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(kept.getSpec().getTemplate()).isNull();
        assertThat(kept.getMetadata().getManagedFields())
                .isEqualTo(Drift.own(new DeploymentBuilder()
                        .withNewMetadata()
                        .withManagedFields(writtenBy(KubernetesCluster.FIELD_MANAGER, ""))
                        .endMetadata()
                        .build()));
    }

    @Test
    void ofWhatIsOnlyWatchedForChangesNoSecretIsKept() {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName("a-agent")
                .withNamespace("agents")
                .endMetadata()
                .addToData("token", "YQ==")
                .build();
        LeanItems<Secret> items = LeanItems.without(object -> object.setData(null));

        items.put(items.getKey(secret), secret);

        assertThat(items.get("agents/a-agent").getData()).isNullOrEmpty();
    }

    private static ManagedFieldsEntry writtenBy(String manager, String subresource) {
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withSubresource(subresource)
                .build();
    }

    @Test
    void ofAPodItsStatusAndItsNodeAreKept() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("a-1")
                .withNamespace("agents")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .addNewContainer()
                .withName("agent")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build();
        LeanItems<Pod> items = LeanItems.ofPods();

        items.put(items.getKey(pod), pod);

        Pod kept = items.get("agents/a-1");
        assertThat(kept.getStatus().getPhase()).isEqualTo("Running");
        assertThat(kept.getSpec().getNodeName()).isEqualTo("node-1");
        assertThat(kept.getSpec().getContainers()).isEmpty();
    }

    @Test
    void ofTheMetadataWhoseItIsAndWhetherItGoesAreKept() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("a-1")
                .withNamespace("agents")
                .withUid("u")
                .withResourceVersion("7")
                .withGeneration(3L)
                .withDeletionTimestamp("2026-11-28T00:00:00Z")
                .addToAnnotations("long", "text")
                .addToLabels(Map.of(Labels.STATION, "s", Labels.AGENT, "a", Labels.PARTITION, "5", "team", "papers"))
                .addNewOwnerReference()
                .withName("a-7f")
                .endOwnerReference()
                .endMetadata()
                .build();
        LeanItems<Pod> items = LeanItems.ofPods();

        items.put(items.getKey(pod), pod);

        ObjectMeta kept = items.get("agents/a-1").getMetadata();
        assertThat(kept)
                .returns("u", ObjectMeta::getUid)
                .returns("7", ObjectMeta::getResourceVersion)
                .returns(3L, ObjectMeta::getGeneration)
                .returns("2026-11-28T00:00:00Z", ObjectMeta::getDeletionTimestamp)
                .returns(Map.of(Labels.STATION, "s", Labels.AGENT, "a", Labels.PARTITION, "5"), ObjectMeta::getLabels);
        assertThat(kept.getOwnerReferences())
                .extracting(OwnerReference::getName)
                .containsExactly("a-7f");
        assertThat(kept.getAnnotations()).isNullOrEmpty();
    }
}
