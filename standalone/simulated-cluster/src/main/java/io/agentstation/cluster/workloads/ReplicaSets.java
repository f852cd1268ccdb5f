package io.agentstation.cluster.workloads;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.RandomNames;
import io.agentstation.cluster.objects.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The ReplicaSets of a Deployment: one for each template it has had. */
final class ReplicaSets {

    static final String REVISION = "deployment.kubernetes.io/revision";

    static final String FAILURE = "ReplicaFailure";

    private static final String HASH = "pod-template-hash";

    private final ObjectStore store;

    ReplicaSets(ObjectStore store) {
        this.store = store;
    }

    List<ClusterObject> of(ClusterObject deployment) {
        return store.dependents(deployment.uid()).stream()
                .filter(set -> set.kind().equals(ResourceKind.REPLICA_SET) && !set.isDeleting())
                .filter(set -> set.controllerUid().equals(Optional.of(deployment.uid())))
                .sorted(Comparator.comparingInt(ReplicaSets::revision))
                .toList();
    }

    /** The one of the Deployment's present template, found by the template, not by the hash. */
    Optional<ClusterObject> current(ClusterObject deployment, List<ClusterObject> all) {
        JsonNode template = deployment.spec().path("template");
        return all.stream().filter(set -> template(set).equals(template)).findFirst();
    }

    ClusterObject create(ClusterObject deployment, int revision) {
        ObjectNode template = (ObjectNode) deployment.spec().path("template").deepCopy();
        ObjectKey key;
        String hash;
        int collisions = 0;
        do {
            hash = hash(template + "/" + collisions++);
            key = deployment.key().sibling(ResourceKind.REPLICA_SET, deployment.name() + "-" + hash);
        } while (store.get(key).isPresent());
        ObjectNode set = ClusterObject.blank(key);
        ObjectNode metadata = set.withObjectProperty("metadata");
        template.withObjectProperty("metadata").withObjectProperty("labels").put(HASH, hash);
        metadata.set("labels", template.path("metadata").path("labels").deepCopy());
        metadata.putObject("annotations").put(REVISION, Integer.toString(revision));
        metadata.putArray("ownerReferences").add(Owners.controller(deployment));
        ObjectNode spec = set.putObject("spec").put("replicas", 0);
        ObjectNode selector = (ObjectNode) deployment.spec().path("selector").deepCopy();
        selector.withObjectProperty("matchLabels").put(HASH, hash);
        spec.set("selector", selector);
        spec.set("template", template);
        return store.create(new ClusterObject(ResourceKind.REPLICA_SET, set), false);
    }

    void scale(ClusterObject set, int replicas) {
        store.amend(set, json -> {
            json.withObjectProperty("spec").put("replicas", replicas);
            return json;
        });
    }

    void setRevision(ClusterObject object, int revision) {
        store.amend(object, json -> {
            json.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put(REVISION, Integer.toString(revision));
            return json;
        });
    }

    static int revision(ClusterObject object) {
        return object.json().path("metadata").path("annotations").path(REVISION).asInt(0);
    }

    /** The condition of a ReplicaSet that cannot make its pods; missing when it can. */
    static JsonNode failure(ClusterObject set) {
        return set.status()
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString("").equals(FAILURE))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static JsonNode template(ClusterObject set) {
        ObjectNode template = Json.object();
        if (set.spec().path("template").deepCopy() instanceof ObjectNode copy) {
            template = copy;
        }
        template.withObjectProperty("metadata").withObjectProperty("labels").remove(HASH);
        return template;
    }

    private static String hash(String text) {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return RandomNames.encode(checksum.getValue());
    }
}
