package io.agentstation.provisioner.status;

import io.agentstation.contracts.observations.DeploymentStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a Deployment is not ready, cause and next step in words: pure. */
final class Why {

    private Why() {}

    /** The words for a Deployment that is not ready. */
    static String of(Deployment deployment, DeploymentStatus status, List<Pod> pods) {
        return Stream.of(ContainerTrouble.in(pods), unschedulable(pods), refusedReplicas(status), stuck(status))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> "Waiting for replicas: " + status.readyReplicas() + " of "
                        + DeploymentStatuses.wanted(deployment) + " ready");
    }

    private static Optional<String> unschedulable(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getConditions().stream())
                .filter(said -> "PodScheduled".equals(said.getType()) && "False".equals(said.getStatus()))
                .map(said -> "no node can take it: " + said.getMessage()
                        + ": ask for less, or let the cluster's administrator add nodes")
                .findFirst();
    }

    private static Optional<String> refusedReplicas(DeploymentStatus status) {
        return status.conditions().stream()
                .filter(said -> "ReplicaFailure".equals(said.type()) && "True".equals(said.status()))
                .map(said -> refused(String.valueOf(said.message())))
                .findFirst();
    }

    private static String refused(String message) {
        return message.contains("exceeded quota")
                ? "quota exceeded: " + message + ": delete agents or ask for less, or let the cluster's administrator"
                        + " raise the quota"
                : "pods refused: " + message + ": change what the message names";
    }

    private static Optional<String> stuck(DeploymentStatus status) {
        return status.conditions().stream()
                .filter(said -> "Progressing".equals(said.type()) && "False".equals(said.status()))
                .map(said -> "roll-out stuck: " + said.message() + ": see the pods' events")
                .findFirst();
    }
}
