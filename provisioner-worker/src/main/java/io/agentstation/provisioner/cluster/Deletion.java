package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;

/**
 * Deletes exactly the object that was read: with its UID as precondition, which the client's own delete does not offer.
 * An object that is gone, or another under the same name, or one that was to be as it was read and is not, is no failure.
 */
final class Deletion {

    private static final Set<Integer> NOT_THERE = Set.of(404, 409);

    private final KubernetesClient client;

    Deletion(KubernetesClient client) {
        this.client = client;
    }

    /** Deletes it; its dependents follow by garbage collection, pods with their grace period. */
    void background(HasMetadata object) {
        delete(object, options(object).build());
    }

    /** Does so unless it has been written since it was read. */
    void asRead(HasMetadata object) {
        delete(
                object,
                options(object)
                        .editPreconditions()
                        .withResourceVersion(object.getMetadata().getResourceVersion())
                        .endPreconditions()
                        .build());
    }

    /** Deletes a pod without a grace period. */
    void now(HasMetadata pod) {
        delete(pod, options(pod).withGracePeriodSeconds(0L).build());
    }

    private void delete(HasMetadata object, DeleteOptions options) {
        try {
            client.raw(path(object), "DELETE", options);
        } catch (KubernetesClientException e) {
            if (!NOT_THERE.contains(e.getCode())) {
                throw ApiErrors.translate(
                        "delete " + object.getKind() + " "
                                + object.getMetadata().getName(),
                        e);
            }
        }
    }

    private static DeleteOptionsBuilder options(HasMetadata object) {
        return new DeleteOptionsBuilder()
                .withPropagationPolicy("Background")
                .withNewPreconditions()
                .withUid(object.getMetadata().getUid())
                .endPreconditions();
    }

    private static String path(HasMetadata object) {
        String version = object.getApiVersion();
        return (version.contains("/") ? "/apis/" : "/api/") + version + "/namespaces/"
                + object.getMetadata().getNamespace() + "/" + object.getPlural() + "/"
                + object.getMetadata().getName();
    }
}
