package io.agentstation.provisioner.objects;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/**
 * The ServiceAccount of the pods: no token is mounted, no role bound. A name of their own keeps them from whatever somebody
 * grants to the namespace's default account.
 */
final class ServiceAccountManifest {

    private ServiceAccountManifest() {}

    static ServiceAccount of(ObjectMeta meta) {
        return new ServiceAccountBuilder()
                .withMetadata(meta)
                .withAutomountServiceAccountToken(false)
                .build();
    }
}
