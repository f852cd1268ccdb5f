package io.agentstation.cluster.certificates;

import io.agentstation.cluster.images.SimulatedImage;
import io.agentstation.cluster.ingress.Routes;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which certificates are never issued: those of an Ingress that leads to {@link SimulatedImage#CERTIFICATE_PENDING}. */
final class PendingCertificates {

    private final ObjectStore store;
    private final Routes routes;

    PendingCertificates(ObjectStore store) {
        this.store = store;
        this.routes = new Routes(store);
    }

    boolean isPending(ClusterObject certificate) {
        Set<String> pending = store.list(ResourceKind.DEPLOYMENT, Optional.of(certificate.namespace())).stream()
                .filter(PendingCertificates::asksForIt)
                .map(ClusterObject::uid)
                .collect(Collectors.toSet());
        // Looking first for who asks for it: to follow the routes of every certificate costs more.
        return !pending.isEmpty()
                && certificate.controllerUid().flatMap(store::withUid).stream()
                        .flatMap(ingress -> Routes.of(ingress).stream())
                        .flatMap(route -> routes.deployments(route).stream())
                        .anyMatch(deployment -> pending.contains(deployment.uid()));
    }

    private static boolean asksForIt(ClusterObject deployment) {
        return deployment
                .spec()
                .path("template")
                .path("spec")
                .path("containers")
                .valueStream()
                .anyMatch(container -> SimulatedImage.CERTIFICATE_PENDING.is(
                        container.path("image").asString("")));
    }
}
