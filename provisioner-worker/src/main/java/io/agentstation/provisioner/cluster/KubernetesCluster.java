package io.agentstation.provisioner.cluster;

import io.agentstation.provisioner.objects.AgentObjects;
import io.agentstation.provisioner.objects.Labels;
import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster through its API server: server-side apply under one field manager, which takes back what others changed of the
 * fields that are the Station's (KEP-555).
 */
public final class KubernetesCluster implements Cluster {

    private static final Logger log = LoggerFactory.getLogger(KubernetesCluster.class);
    private static final String FIELD_MANAGER = "agent-station";

    private final KubernetesClient client;
    private final AgentNamespace namespace;
    private final Removal removal;

    /** With agents in this namespace, of this station. */
    public KubernetesCluster(KubernetesClient client, String namespace, String stationId) {
        this.client = client;
        this.namespace = new AgentNamespace(client, namespace);
        this.removal = new Removal(client, new Inventory(client, namespace, stationId), namespace);
    }

    /** Makes the agents' namespace if it is missing; a cluster that is away gets it with the first agent. */
    public void prepare() {
        try {
            namespace.ensure();
        } catch (ClusterFailure e) {
            log.atWarn()
                    .addKeyValue("namespace", namespace.name())
                    .addKeyValue("reason", String.valueOf(e.getMessage()))
                    .log("The cluster is not there yet");
        }
    }

    @Override
    public void apply(AgentObjects objects) {
        namespace.ensure();
        HasMetadata anchor = apply(objects.anchor());
        String uid = anchor.getMetadata().getUid();
        if (anchor.getMetadata().getDeletionTimestamp() != null) {
            throw new ClusterFailure.Transient(
                    "An earlier removal of the agent has not ended yet; the Station tries again");
        }
        List<HasMetadata> owned = objects.owned(uid);
        owned.forEach(this::refuseForeign);
        owned.forEach(this::apply);
    }

    @Override
    public List<String> remove(DesiredAgent agent, BooleanSupplier ownsName) {
        return removal.step(agent, ownsName);
    }

    private HasMetadata apply(HasMetadata object) {
        try {
            return client.resource(object)
                    .fieldManager(FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            if (ApiErrors.isNotFound(e)) {
                namespace.forget();
            }
            throw ApiErrors.translate("apply " + words(object), e);
        }
    }

    /** Force would take over an object that somebody else made: only what carries the agent's own label is touched. */
    private void refuseForeign(HasMetadata object) {
        HasMetadata existing = ApiErrors.call(
                "read " + words(object), () -> client.resource(object).get());
        if (existing != null && !Labels.agentOf(existing).equals(Labels.agentOf(object))) {
            throw new ClusterFailure.Transient(
                    "A " + words(object) + " that does not belong to this agent is in namespace " + namespace.name()
                            + ": remove or rename it; the Station tries again by itself");
        }
    }

    private static String words(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
