package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import java.util.List;
import java.util.Map;

/**
 * Whether somebody else has changed what the Station applied, by the fields that the API server counts as the Station's: one that
 * another gives another value is the other's from then on. What others add, as the Deployment controller adds its revision, is
 * theirs; an apply would leave it as it is, so it is no drift.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management">Server-side apply: field
 *     management</a>
 */
final class Drift {

    // No field's key: those begin with "f:", "k:", "v:", "i:" or ".".
    private static final String DIGEST = "digest";

    private Drift() {}

    /** Whether another has taken a field of the Station's between these two states of one object. */
    static boolean between(HasMetadata before, HasMetadata after) {
        return !own(before).equals(own(after));
    }

    /** Of what the API server keeps of an object's writers the Station's own part, its fields as a digest of 32 bits. */
    static List<ManagedFieldsEntry> own(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream()
                .filter(entry -> KubernetesCluster.FIELD_MANAGER.equals(entry.getManager()))
                .map(Drift::digested)
                .toList();
    }

    private static ManagedFieldsEntry digested(ManagedFieldsEntry entry) {
        Map<String, Object> fields =
                entry.getFieldsV1() == null ? Map.of() : entry.getFieldsV1().getAdditionalProperties();
        FieldsV1 digest = new FieldsV1();
        digest.setAdditionalProperty(DIGEST, fields.getOrDefault(DIGEST, fields.hashCode()));
        return new ManagedFieldsEntryBuilder()
                .withManager(KubernetesCluster.FIELD_MANAGER)
                .withFieldsV1(digest)
                .build();
    }
}
