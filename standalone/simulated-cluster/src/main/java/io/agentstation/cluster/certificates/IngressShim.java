package io.agentstation.cluster.certificates;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.events.Events;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the Certificates that an annotated Ingress asks for, owned by it and with its labels. */
final class IngressShim {

    private static final Map<String, String> ISSUERS =
            Map.of("cert-manager.io/cluster-issuer", "ClusterIssuer", "cert-manager.io/issuer", "Issuer");

    private final ObjectStore store;
    private final Events.Source events;

    IngressShim(ObjectStore store, Events.Source events) {
        this.store = store;
        this.events = events;
    }

    void reconcile(ObjectKey key) {
        store.get(key)
                .filter(ingress -> !ingress.isDeleting())
                .ifPresent(ingress -> issuer(ingress)
                        .ifPresent(issuer -> ingress.spec()
                                .path("tls")
                                .valueStream()
                                .filter(tls ->
                                        !tls.path("secretName").asString("").isEmpty())
                                .forEach(tls -> ensure(ingress, tls, issuer))));
    }

    private void ensure(ClusterObject ingress, JsonNode tls, ObjectNode issuer) {
        String name = tls.path("secretName").asString("");
        ObjectKey key = ingress.key().sibling(ResourceKind.CERTIFICATE, name);
        if (store.get(key).isEmpty()) {
            var unused = store.create(
                    new ClusterObject(ResourceKind.CERTIFICATE, filled(ClusterObject.blank(key), ingress, tls, issuer)),
                    false);
            events.normal(ingress, "CreateCertificate", "Successfully created Certificate \"" + name + "\"");
        } else {
            store.get(key)
                    .filter(found -> found.controllerUid().equals(Optional.of(ingress.uid())))
                    .ifPresent(found -> store.amend(found, json -> filled(json, ingress, tls, issuer)));
        }
    }

    private static ObjectNode filled(ObjectNode json, ClusterObject ingress, JsonNode tls, ObjectNode issuer) {
        ObjectNode metadata = json.withObjectProperty("metadata");
        ObjectNode labels = metadata.putObject("labels");
        ingress.labels().forEach(labels::put);
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", ingress.kind().apiVersion())
                .put("kind", ingress.kind().kind())
                .put("name", ingress.name())
                .put("uid", ingress.uid())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        ObjectNode spec = json.putObject("spec");
        spec.set("dnsNames", tls.path("hosts").deepCopy());
        spec.set("issuerRef", issuer.deepCopy());
        spec.put("secretName", tls.path("secretName").asString(""));
        spec.putArray("usages").add("digital signature").add("key encipherment");
        return json;
    }

    private static Optional<ObjectNode> issuer(ClusterObject ingress) {
        Map<String, String> annotations =
                ClusterObject.strings(ingress.json().path("metadata").path("annotations"));
        return ISSUERS.entrySet().stream()
                .filter(kind -> annotations.containsKey(kind.getKey()))
                .map(kind -> Json.object()
                        .put("group", "cert-manager.io")
                        .put("kind", kind.getValue())
                        .put("name", annotations.getOrDefault(kind.getKey(), "")))
                .findFirst();
    }
}
