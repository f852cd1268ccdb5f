package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** How objects are named to people: {@code Deployment my-agent}. */
final class Words {

    private Words() {}

    static String of(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
