package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.List;

/**
 * Whether somebody else has written an object, by what the API server keeps of its writers. Status is not the Station's, and
 * the scale sub-resource is {@link Replicas}' concern; neither is drift.
 */
final class Drift {

    private Drift() {}

    /** Whether another has written between these two states of one object. */
    static boolean between(HasMetadata before, HasMetadata after) {
        return !foreign(before).equals(foreign(after));
    }

    /** What others have written of an object itself, oldest first. */
    static List<ManagedFieldsEntry> foreign(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream()
                .filter(entry -> !KubernetesCluster.FIELD_MANAGER.equals(entry.getManager()))
                .filter(entry ->
                        entry.getSubresource() == null || entry.getSubresource().isEmpty())
                .toList();
    }
}
