package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.objects.Labels;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Makes informers on what carries this station's label, indexed by agent. */
final class AgentInformers {

    private static final Logger log = LoggerFactory.getLogger(AgentInformers.class);
    private static final String BY_AGENT = "agent";

    private final KubernetesClient client;
    private final String namespace;
    private final String stationId;

    AgentInformers(KubernetesClient client, String namespace, String stationId) {
        this.client = client;
        this.namespace = namespace;
        this.stationId = stationId;
    }

    /** Of which {@link #of(SharedIndexInformer, AgentId)} can be asked. */
    <T extends HasMetadata> SharedIndexInformer<T> of(Class<T> kind, LeanItems<T> items) {
        return indexed(changesOf(kind, items));
    }

    /** Of which only the changes matter. */
    <T extends HasMetadata> SharedIndexInformer<T> changesOf(Class<T> kind, LeanItems<T> items) {
        return persistent(
                client.resources(kind)
                        .inNamespace(namespace)
                        .withLabel(Labels.STATION, stationId)
                        .runnableInformer(0)
                        .itemStore(items),
                kind.getSimpleName(),
                Level.WARN);
    }

    /** On cert-manager's Certificates; a cluster without them is no trouble. */
    SharedIndexInformer<GenericKubernetesResource> ofCertificates() {
        return indexed(persistent(
                client.genericKubernetesResources(Inventory.CERTIFICATES)
                        .inNamespace(namespace)
                        .withLabel(Labels.STATION, stationId)
                        .runnableInformer(0)
                        .itemStore(LeanItems.without(certificate ->
                                certificate.getAdditionalProperties().remove("spec"))),
                "Certificate",
                Level.DEBUG));
    }

    /** What an informer holds of an agent. */
    static <T extends HasMetadata> List<T> of(SharedIndexInformer<T> informer, AgentId agent) {
        return informer.getIndexer().byIndex(BY_AGENT, agent.toString());
    }

    private static <T extends HasMetadata> SharedIndexInformer<T> indexed(SharedIndexInformer<T> informer) {
        return informer.addIndexers(Map.of(
                BY_AGENT,
                object -> Labels.agentOf(object).map(AgentId::toString).stream().toList()));
    }

    private static <T extends HasMetadata> SharedIndexInformer<T> persistent(
            SharedIndexInformer<T> informer, String kind, Level level) {
        return informer.exceptionHandler((started, failure) -> {
            log.atLevel(level)
                    .addKeyValue("kind", kind)
                    .addKeyValue("reason", String.valueOf(failure.getMessage()))
                    .log("The cluster cannot be watched, will be tried again");
            return true;
        });
    }
}
