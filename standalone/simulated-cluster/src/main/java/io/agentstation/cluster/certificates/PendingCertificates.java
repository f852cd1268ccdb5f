package io.agentstation.cluster.certificates;

import io.agentstation.cluster.images.SimulatedImage;
import io.agentstation.cluster.ingress.Routes;
import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which certificates are never issued: those of an Ingress that leads to {@link SimulatedImage#CERTIFICATE_PENDING}. */
final class PendingCertificates {

    private final ObjectStore store;
    private final Routes routes;

    /** The uids of the Deployments of that image, kept with every change. */
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    PendingCertificates(ObjectStore store) {
        this.store = store;
        this.routes = new Routes(store);
        var unused = store.watch(ResourceKind.DEPLOYMENT, Optional.empty(), this::follow);
    }

    private void follow(Change change) {
        ClusterObject deployment = change.object();
        if (change.type() != Change.Type.DELETED && asksForIt(deployment)) {
            asking.add(deployment.uid());
        } else {
            asking.remove(deployment.uid());
        }
    }

    boolean isPending(ClusterObject certificate) {
        // Looking first for who asks for it: to follow the routes of every certificate costs more.
        return !asking.isEmpty()
                && certificate.controllerUid().flatMap(store::withUid).stream()
                        .flatMap(ingress -> Routes.of(ingress).stream())
                        .flatMap(route -> routes.deployments(route).stream())
                        .anyMatch(deployment -> asking.contains(deployment.uid()));
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
