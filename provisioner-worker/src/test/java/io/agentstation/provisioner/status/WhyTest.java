package io.agentstation.provisioner.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.contracts.observations.DeploymentStatus.Condition;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
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
                .startsWith("image pull failed: example/missing:1 ")
                .contains("ImagePullBackOff", "check its name");
    }

    @Test
    void aContainerThatKeepsEndingPointsToItsLog() {
        assertThat(Why.of(deployment, status, List.of(crashed(5, "Error"))))
                .isEqualTo("crash loop: container agent: exit code 1, 5 restarts: the log of its last run says why");
        assertThat(Why.of(deployment, status, List.of(crashed(2, "OOMKilled")))).contains("exit code 1 (OOMKilled)");
        assertThat(Why.of(deployment, status, List.of(waiting("CrashLoopBackOff", null))))
                .startsWith("crash loop: ");
    }

    @Test
    void aContainerThatRunsWithoutBeingReadyPointsToItsPort() {
        assertThat(Why.of(deployment, status, List.of(running(false))))
                .startsWith("not ready: container agent runs")
                .contains("readiness probe", "port");
        assertThat(Why.of(deployment, status, List.of(running(true)))).startsWith("Waiting for replicas");
    }

    @Test
    void aPodOnItsWayOutSaysNothing() {
        Pod ending = new PodBuilder(crashed(5, "Error"))
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .build();

        assertThat(Why.of(deployment, status, List.of(ending))).startsWith("Waiting for replicas");
    }

    @Test
    void aCertificateThatIsNotReadySaysWhatItsIssuerSays() {
        assertThat(CertificateTrouble.in(List.of(certificate("False"))))
                .hasValueSatisfying(words -> assertThat(words)
                        .startsWith("certificate not ready: Waiting for the order")
                        .contains("kubectl describe certificate first-tls"));
        assertThat(CertificateTrouble.in(List.of(certificate("True")))).isEmpty();
        assertThat(CertificateTrouble.in(List.of())).isEmpty();
    }

    private static GenericKubernetesResource certificate(String ready) {
        GenericKubernetesResource certificate = new GenericKubernetesResource();
        certificate.setMetadata(new ObjectMetaBuilder().withName("first-tls").build());
        certificate.setAdditionalProperty(
                "status",
                Map.of(
                        "conditions",
                        List.of(Map.of("type", "Ready", "status", ready, "message", "Waiting for the order"))));
        return certificate;
    }

    private static Pod crashed(int restarts, String reason) {
        return pod(new ContainerStatusBuilder()
                .withRestartCount(restarts)
                .withReady(false)
                .withNewState()
                .withNewWaiting()
                .withReason("CrashLoopBackOff")
                .endWaiting()
                .endState()
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(1)
                .withReason(reason)
                .endTerminated()
                .endLastState());
    }

    private static Pod running(boolean ready) {
        return pod(new ContainerStatusBuilder()
                .withRestartCount(0)
                .withReady(ready)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState());
    }

    private static Pod pod(ContainerStatusBuilder container) {
        return new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewStatus()
                .withContainerStatuses(container
                        .withName("agent")
                        .withImage("example/missing:1")
                        .build())
                .endStatus()
                .build();
    }

    @Test
    void anotherReasonIsSaidWithItsMessage() {
        assertThat(Why.of(deployment, status, List.of(waiting("CreateContainerConfigError", "image will run as root"))))
                .contains("CreateContainerConfigError", "image will run as root");
    }

    @Test
    void aPodWithoutANodeSaysWhatTheSchedulerSaid() {
        Pod pending = new PodBuilder()
                .withNewMetadata()
                .endMetadata()
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

        assertThat(Why.of(deployment, refused, List.of())).startsWith("quota exceeded: exceeded quota: agents");
    }

    private static Pod waiting(String reason, @Nullable String message) {
        return pod(new ContainerStatusBuilder()
                .withRestartCount(0)
                .withReady(false)
                .withNewState()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .endState());
    }
}
