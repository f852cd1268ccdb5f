package io.agentstation.provisioner.cluster;

import io.agentstation.provisioner.objects.AgentObjects;
import io.agentstation.provisioner.objects.Labels;
import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster through its API server: server-side apply under one field manager, which takes back what others changed of the
 * fields that are the Station's (KEP-555).
 */
public final class KubernetesCluster implements Cluster, StationObjects {

    static final String FIELD_MANAGER = "agent-station";

    private static final Logger log = LoggerFactory.getLogger(KubernetesCluster.class);

    private final ObjectApi api;
    private final String namespace;
    private final Removal removal;

    /** With agents in this namespace, of this station. */
    public KubernetesCluster(KubernetesClient client, String namespace, String stationId, NamespaceQuota quota) {
        this(
                new WatchedObjects(
                        new ApiServerObjects(client, new AgentNamespace(client, namespace, quota), stationId),
                        new Reachability(Clock.systemUTC())),
                namespace);
    }

    KubernetesCluster(ObjectApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
        this.removal = new Removal(api, namespace);
    }

    /** Makes the agents' namespace if it is missing; a cluster that is away gets it with the first agent. */
    public void prepare() {
        try {
            api.ensureNamespace();
        } catch (ClusterFailure e) {
            log.atWarn()
                    .addKeyValue("namespace", namespace)
                    .addKeyValue("reason", String.valueOf(e.getMessage()))
                    .log("The cluster is not there yet");
        }
    }

    @Override
    public void apply(AgentObjects objects) {
        api.ensureNamespace();
        HasMetadata anchor = api.apply(objects.anchor());
        String uid = anchor.getMetadata().getUid();
        if (anchor.getMetadata().getDeletionTimestamp() != null) {
            throw new ClusterFailure.Transient(
                    "An earlier removal of the agent has not ended yet; the Station tries again");
        }
        List<HasMetadata> wanted = new ArrayList<>();
        // All are looked at before any is touched.
        objects.owned(uid).forEach(object -> wanted.add(Replicas.leftToScaler(object, own(object))));
        wanted.forEach(api::apply);
    }

    @Override
    public List<String> remove(DesiredAgent agent, BooleanSupplier ownsName) {
        return removal.step(agent, ownsName);
    }

    @Override
    public List<HasMetadata> listAll() {
        return api.listAll();
    }

    @Override
    public void delete(HasMetadata object) {
        api.deleteAsRead(object);
    }

    /** Force would take over an object that somebody else made: only what carries the agent's own label is touched. */
    private Optional<HasMetadata> own(HasMetadata object) {
        Optional<HasMetadata> existing = api.read(object);
        if (existing.filter(found -> !Labels.agentOf(found).equals(Labels.agentOf(object)))
                .isPresent()) {
            throw new ClusterFailure.Transient("A " + Words.of(object)
                    + " that does not belong to this agent is in namespace " + namespace
                    + ": remove or rename it; the Station tries again by itself");
        }
        return existing;
    }
}
