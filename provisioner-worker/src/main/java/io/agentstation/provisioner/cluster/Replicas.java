package io.agentstation.provisioner.cluster;

import io.agentstation.provisioner.objects.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import java.util.Optional;

/**
 * Whose the number of replicas is. Whoever scales a Deployment through its scale sub-resource (an autoscaler, {@code kubectl
 * scale}) owns it from then on, until the Station is asked for another number; an edit of the Deployment itself is drift.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership">Server-side
 *     apply: transferring ownership</a>
 */
final class Replicas {

    private static final String SCALE = "scale";
    private static final String SPEC = "f:spec";
    private static final String FIELD = "f:replicas";

    private Replicas() {}

    /** The wish as it is to be applied: without the number when that is another's. */
    static HasMetadata leftToScaler(HasMetadata wanted, Optional<HasMetadata> existing) {
        if (!(wanted instanceof Deployment deployment)) {
            return wanted;
        }
        boolean left = existing.filter(Replicas::isScaledByAnother)
                .filter(live -> asked(live).equals(asked(wanted)))
                .isPresent();
        return left
                ? new DeploymentBuilder(deployment)
                        .editSpec()
                        .withReplicas(null)
                        .endSpec()
                        .build()
                : deployment;
    }

    private static boolean isScaledByAnother(HasMetadata live) {
        return live.getMetadata().getManagedFields().stream()
                .filter(entry -> SCALE.equals(entry.getSubresource()))
                .anyMatch(Replicas::ownsReplicas);
    }

    private static boolean ownsReplicas(ManagedFieldsEntry entry) {
        Object spec = entry.getFieldsV1() == null
                ? null
                : entry.getFieldsV1().getAdditionalProperties().get(SPEC);
        return spec instanceof Map<?, ?> fields && fields.containsKey(FIELD);
    }

    private static Optional<String> asked(HasMetadata deployment) {
        Map<String, String> annotations = deployment.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations == null ? null : annotations.get(Annotations.REPLICAS));
    }
}
