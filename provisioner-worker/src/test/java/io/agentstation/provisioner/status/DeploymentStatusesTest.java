package io.agentstation.provisioner.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.contracts.observations.DeploymentStatus.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import org.junit.jupiter.api.Test;

class DeploymentStatusesTest {

    @Test
    void readyWhenEveryWantedReplicaOfTheNewestSpecificationIs() {
        DeploymentStatus status = DeploymentStatuses.of(deployment(2, 2, 5, 5));

        assertThat(status)
                .isEqualTo(new DeploymentStatus(
                        true,
                        2,
                        2,
                        0,
                        java.util.List.of(new Condition(
                                "Available",
                                "True",
                                "MinimumReplicasAvailable",
                                "Deployment has minimum availability."))));
    }

    @Test
    void notReadyAsLongAsOneIsMissing() {
        assertThat(DeploymentStatuses.of(deployment(2, 1, 5, 5)).ready()).isFalse();
    }

    @Test
    void notReadyWhenTheControllerHasNotSeenTheNewestSpecification() {
        assertThat(DeploymentStatuses.of(deployment(2, 2, 6, 5)).ready()).isFalse();
    }

    @Test
    void scaledToNothingIsReady() {
        assertThat(DeploymentStatuses.of(deployment(0, 0, 1, 1)).ready()).isTrue();
    }

    @Test
    void aDeploymentThatNoControllerHasSeenHasNothing() {
        Deployment unseen =
                new DeploymentBuilder(deployment(1, 1, 1, 1)).withStatus(null).build();

        assertThat(DeploymentStatuses.of(unseen)).isEqualTo(new DeploymentStatus(false, 0, 0, 0, java.util.List.of()));
    }

    static Deployment deployment(int wanted, int ready, long generation, long observed) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("first")
                .withGeneration(generation)
                .endMetadata()
                .withNewSpec()
                .withReplicas(wanted)
                .endSpec()
                .withStatus(new DeploymentStatusBuilder()
                        .withObservedGeneration(observed)
                        .withReplicas(wanted)
                        .withReadyReplicas(ready)
                        .withUnavailableReplicas(wanted - ready)
                        .withConditions(new DeploymentConditionBuilder()
                                .withType("Available")
                                .withStatus("True")
                                .withReason("MinimumReplicasAvailable")
                                .withMessage("Deployment has minimum availability.")
                                .build())
                        .build())
                .build();
    }
}
