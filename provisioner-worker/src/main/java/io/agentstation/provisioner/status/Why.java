package io.agentstation.provisioner.status;

import io.agentstation.contracts.observations.DeploymentStatus;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why a Deployment is not ready, cause and next step in words: pure. */
final class Why {

    private static final Set<String> PULL_REASONS = Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName");
    private static final Set<String> ON_THE_WAY = Set.of("ContainerCreating", "PodInitializing");

    private Why() {}

    /** The words for a Deployment that is not ready. */
    static String of(Deployment deployment, DeploymentStatus status, List<Pod> pods) {
        return Stream.of(waiting(pods), unschedulable(pods), refusedReplicas(status))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> "Waiting for replicas: " + status.readyReplicas() + " of "
                        + DeploymentStatuses.wanted(deployment) + " ready");
    }

    private static Optional<String> waiting(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .flatMap(container -> words(container).stream())
                .findFirst();
    }

    private static Optional<String> words(ContainerStatus container) {
        ContainerStateWaiting waiting =
                container.getState() == null ? null : container.getState().getWaiting();
        if (waiting == null || waiting.getReason() == null || ON_THE_WAY.contains(waiting.getReason())) {
            return Optional.empty();
        }
        String reason = waiting.getReason();
        if (PULL_REASONS.contains(reason)) {
            return Optional.of("The image " + container.getImage() + " cannot be pulled (" + reason
                    + "): check its name, and that the cluster may pull it");
        }
        if (reason.equals("CrashLoopBackOff")) {
            return Optional.of("The container keeps ending (CrashLoopBackOff): its log says why");
        }
        String message = waiting.getMessage();
        return Optional.of("The container cannot start (" + reason + ")" + (message == null ? "" : ": " + message));
    }

    private static Optional<String> unschedulable(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getConditions().stream())
                .filter(said -> "PodScheduled".equals(said.getType()) && "False".equals(said.getStatus()))
                .map(said -> "No node of the cluster can take it: " + said.getMessage())
                .findFirst();
    }

    private static Optional<String> refusedReplicas(DeploymentStatus status) {
        return status.conditions().stream()
                .filter(said -> "ReplicaFailure".equals(said.type()) && "True".equals(said.status()))
                .map(said -> "The cluster refuses its pods: " + said.message())
                .findFirst();
    }
}
