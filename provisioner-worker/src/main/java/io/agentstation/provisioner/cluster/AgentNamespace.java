package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The namespace of the agents: made, with its Pod Security Standard, when it is missing and the Station may. */
final class AgentNamespace {

    private static final Logger log = LoggerFactory.getLogger(AgentNamespace.class);
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final String name;
    private volatile boolean known;

    AgentNamespace(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Makes it when it is not known to exist; without the right to look or to make it, hopes that somebody else has. */
    void ensure() {
        if (known) {
            return;
        }
        try {
            if (client.namespaces().withName(name).get() == null) {
                create();
            }
        } catch (KubernetesClientException e) {
            tolerate(e);
        }
        known = true;
    }

    /** An object could not be made for want of the namespace: look again next time. */
    void forget() {
        known = false;
    }

    private void create() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("app.kubernetes.io/managed-by", "agent-station")
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .addToLabels("pod-security.kubernetes.io/warn", "restricted")
                        .endMetadata()
                        .build())
                .create();
        log.atInfo().addKeyValue("namespace", name).log("Namespace created");
    }

    private void tolerate(KubernetesClientException e) {
        if (e.getCode() == FORBIDDEN) {
            log.atInfo()
                    .addKeyValue("namespace", name)
                    .log("Not allowed to look for the namespace or to create it: it has to be there");
        } else if (e.getCode() != CONFLICT) {
            throw ApiErrors.translate("create namespace " + name, e);
        }
    }
}
