package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The namespace of the agents: made, with its Pod Security Standard, when it is missing and the Station may. What the Station
 * made carries its quota; another's namespace keeps whatever its administrator has set.
 */
final class AgentNamespace {

    private static final Logger log = LoggerFactory.getLogger(AgentNamespace.class);
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String STATION = "agent-station";

    private final KubernetesClient client;
    private final String name;
    private final NamespaceQuota quota;
    private volatile boolean known;

    AgentNamespace(KubernetesClient client, String name, NamespaceQuota quota) {
        this.client = client;
        this.name = name;
        this.quota = quota;
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
            Namespace found = client.namespaces().withName(name).get();
            Namespace present = found == null ? create() : found;
            if (quota.managed() && isOwn(present)) {
                limit();
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

    private Namespace create() {
        Namespace created = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(MANAGED_BY, STATION)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .addToLabels("pod-security.kubernetes.io/warn", "restricted")
                        .endMetadata()
                        .build())
                .create();
        log.atInfo().addKeyValue("namespace", name).log("Namespace created");
        return created;
    }

    private static boolean isOwn(Namespace namespace) {
        Map<String, String> labels = namespace.getMetadata().getLabels();
        return labels != null && STATION.equals(labels.get(MANAGED_BY));
    }

    private void limit() {
        ResourceQuota limits = new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName(STATION)
                .withNamespace(name)
                .addToLabels(MANAGED_BY, STATION)
                .endMetadata()
                .withNewSpec()
                .withHard(quantities())
                .endSpec()
                .build();
        try {
            client.resource(limits)
                    .fieldManager(KubernetesCluster.FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            if (e.getCode() != FORBIDDEN) {
                throw e;
            }
            log.atWarn()
                    .addKeyValue("namespace", name)
                    .log("Not allowed to set the namespace's quota: its agents may use what the cluster has");
        }
    }

    private Map<String, Quantity> quantities() {
        Map<String, Quantity> quantities = new TreeMap<>();
        quota.hard().forEach((resource, amount) -> quantities.put(resource, new Quantity(amount)));
        return quantities;
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
