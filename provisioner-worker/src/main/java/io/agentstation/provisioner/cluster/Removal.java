package io.agentstation.provisioner.cluster;

import io.agentstation.provisioner.objects.Labels;
import io.agentstation.provisioner.objects.ObjectNames;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One step of an agent's removal: the anchor goes, garbage collection takes what it owns; what remains without an anchor
 * is deleted one by one. Always by UID, so that a namesake made meanwhile is never hit, and as it was read, so that what another
 * agent of the same name has taken over meanwhile is not either.
 */
final class Removal {

    private static final String TLS_TYPE = "kubernetes.io/tls";

    private final ObjectApi api;
    private final String namespace;

    Removal(ObjectApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    List<String> step(DesiredAgent agent, BooleanSupplier ownsName) {
        List<HasMetadata> found = api.list(agent.agentId());
        List<HasMetadata> anchors = found.stream().filter(Removal::isAnchor).toList();
        (anchors.isEmpty() ? found : anchors)
                .stream().filter(Removal::isStaying).forEach(api::deleteAsRead);
        if (agent.phase() == Phase.KILL) {
            found.stream().filter(Pod.class::isInstance).forEach(api::deleteNow);
        }
        // What was there is taken as still there: garbage collection takes its time, and the next step looks again.
        List<HasMetadata> left = new ArrayList<>(found);
        // Garbage collection takes them after the Ingress; as long as there is one, cert-manager makes its Secret
        // again.
        left.addAll(api.certificates(agent.agentId()));
        if (left.isEmpty()) {
            removeCertificate(agent, ownsName);
        }
        return left.stream().map(Words::of).toList();
    }

    private void removeCertificate(DesiredAgent agent, BooleanSupplier ownsName) {
        Optional<HasMetadata> secret = certificate(agent);
        // Read first, then ask for the name: its owner cannot have changed before the secret with this UID was read.
        if (secret.isPresent() && ownsName.getAsBoolean() && !isUsedByAnother(agent)) {
            api.delete(secret.get());
        }
    }

    private Optional<HasMetadata> certificate(DesiredAgent agent) {
        return api.read(new SecretBuilder()
                        .withMetadata(named(ObjectNames.tlsSecret(agent.spec().name())))
                        .build())
                .filter(Secret.class::isInstance)
                .filter(secret -> TLS_TYPE.equals(((Secret) secret).getType()))
                .filter(secret -> secret.getMetadata().getOwnerReferences().isEmpty());
    }

    /** A namespace may be shared with stations that know nothing of this one's names: theirs is the Ingress, and its Secret. */
    private boolean isUsedByAnother(DesiredAgent agent) {
        return api.read(new IngressBuilder()
                        .withMetadata(named(agent.spec().name()))
                        .build())
                .filter(ingress ->
                        Labels.agentOf(ingress).filter(agent.agentId()::equals).isEmpty())
                .isPresent();
    }

    private ObjectMeta named(String name) {
        return new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
    }

    private static boolean isAnchor(HasMetadata object) {
        return object instanceof ConfigMap;
    }

    private static boolean isStaying(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() == null;
    }
}
