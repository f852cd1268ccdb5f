package io.agentstation.cluster.ingress;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.events.Events;
import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.Optional;
import java.util.concurrent.Executor;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes over every Ingress: tells in its status at which address it is served. */
public final class ServedIngresses {

    private static final String ADDRESS = "127.0.0.1";

    private final ObjectStore store;
    private final Executor loop;
    private final Events.Source events;

    public ServedIngresses(ObjectStore store, Executor loop, Events events) {
        this.store = store;
        this.loop = loop;
        this.events = events.from("nginx-ingress-controller");
    }

    /** Follows all changes from now on, beginning with what is there. */
    public void start() {
        store.listen(this::follow);
        store.list(ResourceKind.INGRESS, Optional.empty()).forEach(ingress -> loop.execute(() -> serve(ingress)));
    }

    private void follow(Change change) {
        if (change.object().kind().equals(ResourceKind.INGRESS) && change.type() != Change.Type.DELETED) {
            loop.execute(() -> serve(change.object()));
        }
    }

    private void serve(ClusterObject ingress) {
        ArrayNode addresses = Json.array().add(Json.object().put("ip", ADDRESS));
        if (ingress.status().path("loadBalancer").path("ingress").equals(addresses)) {
            return;
        }
        store.amend(ingress, json -> {
            ObjectNode balancer = json.withObjectProperty("status").putObject("loadBalancer");
            balancer.set("ingress", addresses);
            return json;
        });
        events.normal(ingress, "Sync", "Scheduled for sync");
    }
}
