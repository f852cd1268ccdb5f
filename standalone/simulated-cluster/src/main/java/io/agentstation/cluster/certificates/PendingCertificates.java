package io.agentstation.cluster.certificates;

import io.agentstation.cluster.images.SimulatedImage;
import io.agentstation.cluster.ingress.Routes;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;

/** Which certificates are never issued: those of an Ingress that leads to {@link SimulatedImage#CERTIFICATE_PENDING}. */
final class PendingCertificates {

    private final ObjectStore store;
    private final Routes routes;

    PendingCertificates(ObjectStore store) {
        this.store = store;
        this.routes = new Routes(store);
    }

    boolean isPending(ClusterObject certificate) {
        return certificate.controllerUid().flatMap(store::withUid).stream()
                .flatMap(ingress -> Routes.of(ingress).stream())
                .flatMap(route -> routes.deployments(route).stream())
                .flatMap(deployment -> deployment
                        .spec()
                        .path("template")
                        .path("spec")
                        .path("containers")
                        .valueStream())
                .anyMatch(container -> SimulatedImage.CERTIFICATE_PENDING.is(
                        container.path("image").asString("")));
    }
}
