package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values that the API server fills in, as far as somebody looks at them. Repeating it changes nothing; the object is
 * changed in place.
 */
final class Defaults {

    private static final Map<ResourceKind, Consumer<ObjectNode>> BY_KIND = Map.of(
            ResourceKind.DEPLOYMENT, Defaults::deployment,
            ResourceKind.REPLICA_SET, Defaults::replicaSet,
            ResourceKind.POD, json -> podSpec(json.withObjectProperty("spec")),
            ResourceKind.SERVICE, Defaults::service,
            ResourceKind.SECRET, Defaults::secret,
            ResourceKind.NAMESPACE, Defaults::namespace,
            ResourceKind.NETWORK_POLICY, Defaults::networkPolicy);

    private Defaults() {}

    static void fill(ResourceKind kind, ObjectNode object) {
        BY_KIND.getOrDefault(kind, json -> {}).accept(object);
    }

    /** {@code stringData} is a way of writing {@code data}; it is gone before anything else looks at the Secret. */
    static void foldStringData(ResourceKind kind, ObjectNode object) {
        if (kind.equals(ResourceKind.SECRET) && object.remove("stringData") instanceof ObjectNode texts) {
            ObjectNode data = object.withObjectProperty("data");
            texts.properties()
                    .forEach(text -> data.put(
                            text.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(text.getValue().asString("").getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void deployment(ObjectNode json) {
        ObjectNode spec = json.withObjectProperty("spec");
        absent(spec, "replicas", 1);
        absent(spec, "revisionHistoryLimit", 10);
        absent(spec, "progressDeadlineSeconds", 600);
        ObjectNode strategy = spec.withObjectProperty("strategy");
        absent(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asString("").equals("RollingUpdate")) {
            ObjectNode rolling = strategy.withObjectProperty("rollingUpdate");
            absent(rolling, "maxSurge", "25%");
            absent(rolling, "maxUnavailable", "25%");
        }
        podSpec(spec.withObjectProperty("template").withObjectProperty("spec"));
    }

    private static void replicaSet(ObjectNode json) {
        ObjectNode spec = json.withObjectProperty("spec");
        absent(spec, "replicas", 1);
        podSpec(spec.withObjectProperty("template").withObjectProperty("spec"));
    }

    private static void podSpec(ObjectNode spec) {
        absent(spec, "restartPolicy", "Always");
        absent(spec, "terminationGracePeriodSeconds", 30);
        absent(spec, "dnsPolicy", "ClusterFirst");
        absent(spec, "schedulerName", "default-scheduler");
        spec.withObjectProperty("securityContext");
        objects(spec.path("containers"), container -> {
            String image = container.path("image").asString("");
            boolean latest =
                    image.endsWith(":latest") || !image.replaceFirst(".*/", "").contains(":");
            absent(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
            container.withObjectProperty("resources");
            objects(container.path("ports"), port -> absent(port, "protocol", "TCP"));
        });
    }

    private static void service(ObjectNode json) {
        ObjectNode spec = json.withObjectProperty("spec");
        absent(spec, "type", "ClusterIP");
        absent(spec, "sessionAffinity", "None");
        JsonNode metadata = json.path("metadata");
        int hash = (metadata.path("namespace").asString("") + "/"
                        + metadata.path("name").asString(""))
                .hashCode();
        absent(spec, "clusterIP", "10.96." + (hash >>> 8 & 0xff) + "." + (hash & 0xff));
        if (!spec.has("clusterIPs")) {
            spec.putArray("clusterIPs").add(spec.path("clusterIP"));
        }
        objects(spec.path("ports"), port -> {
            absent(port, "protocol", "TCP");
            if (!port.has("targetPort") && port.has("port")) {
                port.set("targetPort", port.path("port"));
            }
        });
    }

    private static void secret(ObjectNode json) {
        absent(json, "type", "Opaque");
    }

    private static void namespace(ObjectNode json) {
        absent(json.withObjectProperty("status"), "phase", "Active");
        json.withObjectProperty("metadata")
                .withObjectProperty("labels")
                .set("kubernetes.io/metadata.name", json.path("metadata").path("name"));
    }

    private static void networkPolicy(ObjectNode json) {
        ObjectNode spec = json.withObjectProperty("spec");
        if (!spec.has("policyTypes")) {
            ArrayNode types = spec.putArray("policyTypes").add("Ingress");
            if (spec.has("egress")) {
                types.add("Egress");
            }
        }
    }

    private static void objects(JsonNode list, Consumer<ObjectNode> each) {
        list.forEach(item -> {
            if (item instanceof ObjectNode object) {
                each.accept(object);
            }
        });
    }

    private static void absent(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    private static void absent(ObjectNode object, String field, int value) {
        if (!object.has(field)) {
            object.set(field, Json.mapper().getNodeFactory().numberNode(value));
        }
    }
}
