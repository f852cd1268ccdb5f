package io.agentstation.provisioner.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

class LeanItemsTest {

    @Test
    void ofADeploymentItsStatusAndReplicasAreKept() {
        Deployment deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName("a")
                .withNamespace("agents")
                .withManagedFields(new ManagedFieldsEntry())
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
        assertThat(kept.getMetadata().getManagedFields()).isEmpty();
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
}
