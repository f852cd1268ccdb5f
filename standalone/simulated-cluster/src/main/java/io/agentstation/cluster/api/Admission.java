package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What stands between a wish and the store: preconditions, the namespace, defaults and rules. */
final class Admission {

    private final ObjectStore store;

    Admission(ObjectStore store) {
        this.store = store;
    }

    /** The new object with its defaults; throws {@link ApiFailure} when it may not be. */
    ClusterObject admit(ObjectKey key, ObjectNode wanted) {
        if (key.kind().namespaced()) {
            checkNamespace(key);
        }
        Defaults.fill(key.kind(), wanted);
        ClusterObject object = new ClusterObject(key.kind(), wanted);
        Validation.check(object, Optional.empty());
        return object;
    }

    /** The changed object with its defaults; throws {@link ApiFailure} when it may not be. */
    ObjectNode admit(ClusterObject live, ObjectNode wanted) {
        Defaults.fill(live.kind(), wanted);
        ObjectNode canonical = Json.canonical(wanted);
        Validation.check(new ClusterObject(live.kind(), canonical), Optional.of(live));
        return canonical;
    }

    /** A version or uid in the wish is a precondition. */
    static void checkPreconditions(ClusterObject live, ObjectNode wanted) {
        JsonNode metadata = wanted.path("metadata");
        String version = metadata.path("resourceVersion").asString("");
        if (!version.isEmpty() && !version.equals(Long.toString(live.resourceVersion()))) {
            throw ApiFailure.conflict(
                    live.key(),
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
        String uid = metadata.path("uid").asString("");
        if (!uid.isEmpty() && !uid.equals(live.uid())) {
            throw ApiFailure.conflict(
                    live.key(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + live.uid());
        }
    }

    private void checkNamespace(ObjectKey key) {
        ClusterObject namespace = store.require(new ObjectKey(ResourceKind.NAMESPACE, "", key.namespace()));
        if (namespace.isDeleting()) {
            throw ApiFailure.about(
                    key,
                    403,
                    "Forbidden",
                    key.kind().qualifiedPlural() + " \"" + key.name()
                            + "\" is forbidden: unable to create new content in namespace " + key.namespace()
                            + " because it is being terminated");
        }
    }
}
