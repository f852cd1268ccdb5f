package io.agentstation.cluster.kubelet;

import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Resolves a container's {@code env} and {@code envFrom} against the Secrets, ConfigMaps and the pod itself. */
final class ContainerEnvironment {

    private final ObjectStore store;

    ContainerEnvironment(ObjectStore store) {
        this.store = store;
    }

    /** @throws Unresolved when something that is not optional is missing, as the kubelet words it */
    Map<String, String> of(ClusterObject pod, JsonNode container) {
        Map<String, String> variables = new TreeMap<>();
        container.path("envFrom").forEach(source -> {
            String prefix = source.path("prefix").asString("");
            addAll(variables, prefix, source(pod, source.path("configMapRef"), ResourceKind.CONFIG_MAP));
            addAll(variables, prefix, source(pod, source.path("secretRef"), ResourceKind.SECRET));
        });
        container.path("env").forEach(variable -> {
            String name = variable.path("name").asString("");
            value(pod, variable).ifPresent(value -> variables.put(name, value));
        });
        return variables;
    }

    private Optional<String> value(ClusterObject pod, JsonNode variable) {
        JsonNode from = variable.path("valueFrom");
        if (from.has("secretKeyRef")) {
            return entry(pod, from.path("secretKeyRef"), ResourceKind.SECRET);
        }
        if (from.has("configMapKeyRef")) {
            return entry(pod, from.path("configMapKeyRef"), ResourceKind.CONFIG_MAP);
        }
        if (from.has("fieldRef")) {
            return Optional.of(
                    field(pod, from.path("fieldRef").path("fieldPath").asString("")));
        }
        return Optional.of(variable.path("value").asString(""));
    }

    private Optional<String> entry(ClusterObject pod, JsonNode reference, ResourceKind kind) {
        String key = reference.path("key").asString("");
        Optional<String> value = source(pod, reference, kind).map(values -> values.get(key));
        if (value.isEmpty() && !reference.path("optional").asBoolean(false)) {
            throw new Unresolved("couldn't find key " + key + " in " + kind.kind() + " " + pod.namespace() + "/"
                    + reference.path("name").asString(""));
        }
        return value;
    }

    /** The values of a Secret or ConfigMap; empty when the reference is absent, or optional and dangling. */
    private Optional<Map<String, String>> source(ClusterObject pod, JsonNode reference, ResourceKind kind) {
        if (reference.isMissingNode()) {
            return Optional.empty();
        }
        String name = reference.path("name").asString("");
        Optional<ClusterObject> object = store.get(pod.key().sibling(kind, name));
        if (object.isEmpty() && !reference.path("optional").asBoolean(false)) {
            throw new Unresolved(kind.kind().toLowerCase(java.util.Locale.ROOT) + " \"" + name + "\" not found");
        }
        UnaryOperator<String> decode = kind.equals(ResourceKind.SECRET)
                ? text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8)
                : UnaryOperator.identity();
        return object.map(found -> {
            Map<String, String> values = ClusterObject.strings(found.json().path("data"));
            values.replaceAll((key, text) -> decode.apply(text));
            return values;
        });
    }

    private static void addAll(Map<String, String> to, String prefix, Optional<Map<String, String>> values) {
        values.orElse(Map.of()).forEach((key, value) -> to.put(prefix + key, value));
    }

    private static String field(ClusterObject pod, String path) {
        JsonNode node = pod.json();
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        return node.asString("");
    }

    /** A reference leads nowhere; the container has to wait. */
    static final class Unresolved extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unresolved(String message) {
            super(message);
        }
    }
}
