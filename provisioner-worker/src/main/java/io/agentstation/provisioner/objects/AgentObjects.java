package io.agentstation.provisioner.objects;

import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;

/**
 * Everything that an agent is on Kubernetes: one anchor, and objects that it owns. Pure: the same desired state gives the
 * same objects.
 */
public final class AgentObjects {

    private final DesiredAgent agent;
    private final ManifestSettings settings;
    private final String token;
    private final Map<String, String> environment;

    /**
     * Of an agent.
     *
     * @param token       the agent's own credential
     * @param environment the values of its environment variables, in clear
     */
    public AgentObjects(DesiredAgent agent, ManifestSettings settings, String token, Map<String, String> environment) {
        this.agent = agent;
        this.settings = settings;
        this.token = token;
        this.environment = Map.copyOf(environment);
    }

    /** The object that owns all others; applied first, deleted first. */
    public ConfigMap anchor() {
        return new ConfigMapBuilder()
                .withMetadata(meta(ObjectNames.anchor(agent.agentId())))
                .addToData("agent_id", agent.agentId().toString())
                .addToData("name", agent.spec().name())
                .build();
    }

    /** The other objects, in the order in which they are applied, owned by the anchor with this uid. */
    public List<HasMetadata> owned(String anchorUid) {
        OwnerReference owner = new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName(ObjectNames.anchor(agent.agentId()))
                .withUid(anchorUid)
                .build();
        return List.of(
                SecretManifest.of(ownedMeta(ObjectNames.secret(agent), owner), token, environment),
                ServiceAccountManifest.of(ownedMeta(ObjectNames.serviceAccount(agent), owner)),
                NetworkPolicyManifest.of(ownedMeta(ObjectNames.networkPolicy(agent), owner), agent),
                ServiceManifest.of(ownedMeta(ObjectNames.service(agent), owner), agent),
                IngressManifest.of(ownedMeta(ObjectNames.deployment(agent), owner), agent, settings),
                DeploymentManifest.of(ownedMeta(ObjectNames.deployment(agent), owner), agent, settings));
    }

    private ObjectMeta ownedMeta(String name, OwnerReference owner) {
        return new ObjectMetaBuilder(meta(name)).withOwnerReferences(owner).build();
    }

    private ObjectMeta meta(String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(settings.namespace())
                .withLabels(Labels.of(agent, settings.stationId()))
                .withAnnotations(Annotations.of(agent.spec()))
                .build();
    }
}
