package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.objects.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists what an agent has on the cluster, by its labels, over every kind that the Station or a controller makes for it. */
final class Inventory {

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            ConfigMap.class,
            Secret.class,
            ServiceAccount.class,
            NetworkPolicy.class,
            Service.class,
            Ingress.class,
            Deployment.class,
            ReplicaSet.class,
            Pod.class);

    /** cert-manager's, which no client has a class of. */
    static final ResourceDefinitionContext CERTIFICATES = new ResourceDefinitionContext.Builder()
            .withGroup("cert-manager.io")
            .withVersion("v1")
            .withKind("Certificate")
            .withPlural("certificates")
            .withNamespaced(true)
            .build();

    private static final Set<Integer> NOT_TO_BE_SEEN = Set.of(403, 404);

    private final KubernetesClient client;
    private final String namespace;
    private final String stationId;

    Inventory(KubernetesClient client, String namespace, String stationId) {
        this.client = client;
        this.namespace = namespace;
        this.stationId = stationId;
    }

    /** Everything of the agent, as the API server holds it now. */
    List<HasMetadata> of(AgentId agent) {
        return labelled(Labels.ofAgent(agent, stationId));
    }

    /** Everything of this station, as the API server holds it now. */
    List<HasMetadata> all() {
        return labelled(Map.of(Labels.STATION, stationId));
    }

    private List<HasMetadata> labelled(Map<String, String> labels) {
        List<HasMetadata> found = new ArrayList<>();
        for (Class<? extends HasMetadata> kind : KINDS) {
            found.addAll(ApiErrors.call(
                    "list " + HasMetadata.getPlural(kind),
                    () -> client.resources(kind)
                            .inNamespace(namespace)
                            .withLabels(labels)
                            .list()
                            .getItems()));
        }
        return found;
    }

    /**
     * The agent's Certificates, which cert-manager makes for the Ingress and gives its labels. None without cert-manager, or
     * without the right to look.
     */
    List<GenericKubernetesResource> certificatesOf(AgentId agent) {
        try {
            return client.genericKubernetesResources(CERTIFICATES)
                    .inNamespace(namespace)
                    .withLabels(Labels.ofAgent(agent, stationId))
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (NOT_TO_BE_SEEN.contains(e.getCode())) {
                return List.of();
            }
            throw ApiErrors.translate("list certificates", e);
        }
    }
}
