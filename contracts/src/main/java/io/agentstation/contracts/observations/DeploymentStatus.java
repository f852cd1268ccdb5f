package io.agentstation.contracts.observations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes says of an agent's Deployment; shown as {@code kubernetesStatus} (reference 000).
 *
 * @param ready whether every wanted replica is ready
 */
public record DeploymentStatus(
        boolean ready, int replicas, int readyReplicas, int unavailableReplicas, List<Condition> conditions) {

    public DeploymentStatus {
        conditions = List.copyOf(conditions);
    }

    /** One condition of the Deployment, as Kubernetes words it. */
    public record Condition(
            String type,
            String status,
            @Nullable String reason,
            @Nullable String message) {}
}
