package io.agentstation.cluster.workloads;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ClusterObject;
import tools.jackson.databind.node.ObjectNode;

/** References to owners. */
final class Owners {

    private Owners() {}

    /** The reference that a controller puts into what it makes. */
    static ObjectNode controller(ClusterObject owner) {
        return Json.object()
                .put("apiVersion", owner.kind().apiVersion())
                .put("kind", owner.kind().kind())
                .put("name", owner.name())
                .put("uid", owner.uid())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }
}
