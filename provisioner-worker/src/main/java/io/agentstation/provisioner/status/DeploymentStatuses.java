package io.agentstation.provisioner.status;

import io.agentstation.contracts.observations.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a Deployment to what the API shows of it: pure. */
final class DeploymentStatuses {

    private DeploymentStatuses() {}

    /** The status in Kubernetes' figures and words; ready when every wanted replica is, of the newest specification. */
    static DeploymentStatus of(Deployment deployment) {
        var status = deployment.getStatus();
        if (status == null) {
            return new DeploymentStatus(wanted(deployment) == 0, 0, 0, 0, List.of());
        }
        int ready = orZero(status.getReadyReplicas());
        return new DeploymentStatus(
                ready == wanted(deployment) && isCurrent(deployment),
                orZero(status.getReplicas()),
                ready,
                orZero(status.getUnavailableReplicas()),
                status.getConditions().stream()
                        .map(DeploymentStatuses::condition)
                        .toList());
    }

    /** How many replicas the Deployment is to have. */
    static int wanted(Deployment deployment) {
        // Kubernetes' own default.
        Integer replicas =
                deployment.getSpec() == null ? null : deployment.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    private static boolean isCurrent(Deployment deployment) {
        Long generation = deployment.getMetadata().getGeneration();
        Long observed = deployment.getStatus().getObservedGeneration();
        return generation == null || (observed != null && observed >= generation);
    }

    private static DeploymentStatus.Condition condition(DeploymentCondition said) {
        return new DeploymentStatus.Condition(said.getType(), said.getStatus(), said.getReason(), said.getMessage());
    }

    private static int orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
