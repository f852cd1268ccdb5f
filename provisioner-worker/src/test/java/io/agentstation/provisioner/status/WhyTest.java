package io.agentstation.provisioner.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.contracts.observations.DeploymentStatus.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhyTest {

    private final Deployment deployment = DeploymentStatusesTest.deployment(2, 1, 1, 1);
    private final DeploymentStatus status = DeploymentStatuses.of(deployment);

    @Test
    void withoutABetterReasonItCountsReplicas() {
        assertThat(Why.of(deployment, status, List.of(waiting("ContainerCreating", null))))
                .isEqualTo("Waiting for replicas: 1 of 2 ready");
    }

    @Test
    void anImageThatCannotBePulledIsNamed() {
        assertThat(Why.of(deployment, status, List.of(waiting("ImagePullBackOff", "Back-off pulling"))))
                .contains("example/missing:1", "ImagePullBackOff", "check its name");
    }

    @Test
    void aContainerThatKeepsEndingPointsToItsLog() {
        assertThat(Why.of(deployment, status, List.of(waiting("CrashLoopBackOff", null))))
                .contains("CrashLoopBackOff", "log");
    }

    @Test
    void anotherReasonIsSaidWithItsMessage() {
        assertThat(Why.of(deployment, status, List.of(waiting("CreateContainerConfigError", "image will run as root"))))
                .contains("CreateContainerConfigError", "image will run as root");
    }

    @Test
    void aPodWithoutANodeSaysWhatTheSchedulerSaid() {
        Pod pending = new PodBuilder()
                .withNewStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withMessage("0/3 nodes are available: insufficient cpu")
                .endCondition()
                .endStatus()
                .build();

        assertThat(Why.of(deployment, status, List.of(pending))).contains("insufficient cpu");
    }

    @Test
    void podsThatTheClusterRefusesAreTheDeploymentsOwnWords() {
        DeploymentStatus refused = new DeploymentStatus(
                false,
                0,
                0,
                2,
                List.of(new Condition("ReplicaFailure", "True", "FailedCreate", "exceeded quota: agents")));

        assertThat(Why.of(deployment, refused, List.of())).contains("exceeded quota: agents");
    }

    private static Pod waiting(String reason, @Nullable String message) {
        return new PodBuilder()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("agent")
                .withImage("example/missing:1")
                .withNewState()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
