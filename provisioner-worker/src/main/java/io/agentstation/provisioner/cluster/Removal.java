package io.agentstation.provisioner.cluster;

import io.agentstation.provisioner.objects.ObjectNames;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One step of an agent's removal: the anchor goes, garbage collection takes what it owns; what remains without an anchor
 * is deleted one by one. Always by UID, so that a namesake made meanwhile is never hit.
 */
final class Removal {

    private static final String TLS_TYPE = "kubernetes.io/tls";

    private final Inventory inventory;
    private final Deletion deletion;
    private final KubernetesClient client;
    private final String namespace;

    Removal(KubernetesClient client, Inventory inventory, String namespace) {
        this.client = client;
        this.inventory = inventory;
        this.deletion = new Deletion(client);
        this.namespace = namespace;
    }

    List<String> step(DesiredAgent agent, BooleanSupplier ownsName) {
        List<HasMetadata> found = inventory.of(agent.agentId());
        List<HasMetadata> anchors = found.stream().filter(Removal::isAnchor).toList();
        (anchors.isEmpty() ? found : anchors)
                .stream().filter(Removal::isStaying).forEach(deletion::background);
        if (agent.phase() == Phase.KILL) {
            found.stream().filter(Pod.class::isInstance).forEach(deletion::now);
        }
        List<HasMetadata> left = new ArrayList<>(found.isEmpty() ? found : inventory.of(agent.agentId()));
        // Garbage collection takes them after the Ingress; as long as there is one, cert-manager makes its Secret
        // again.
        left.addAll(inventory.certificatesOf(agent.agentId()));
        if (left.isEmpty()) {
            removeCertificate(agent, ownsName);
        }
        return left.stream().map(Removal::words).toList();
    }

    private void removeCertificate(DesiredAgent agent, BooleanSupplier ownsName) {
        Secret secret = certificate(agent);
        // Read first, then ask for the name: its owner cannot have changed before the secret with this UID was read.
        if (secret != null && ownsName.getAsBoolean()) {
            deletion.background(secret);
        }
    }

    private @Nullable Secret certificate(DesiredAgent agent) {
        String name = ObjectNames.tlsSecret(agent.spec().name());
        Secret secret = ApiErrors.<@Nullable Secret>call(
                "read Secret " + name,
                () -> client.secrets().inNamespace(namespace).withName(name).get());
        boolean unowned = secret != null
                && TLS_TYPE.equals(secret.getType())
                && secret.getMetadata().getOwnerReferences().isEmpty();
        return unowned ? secret : null;
    }

    private static boolean isAnchor(HasMetadata object) {
        return object instanceof ConfigMap;
    }

    private static boolean isStaying(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() == null;
    }

    private static String words(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
