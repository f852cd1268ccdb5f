package io.agentstation.architecture.broken;

import io.fabric8.kubernetes.client.KubernetesClient;

/** Speaks to Kubernetes itself. */
public final class KubernetesAnywhere {

    private KubernetesAnywhere() {}

    static String version(KubernetesClient client) {
        return client.getApiVersion();
    }
}
