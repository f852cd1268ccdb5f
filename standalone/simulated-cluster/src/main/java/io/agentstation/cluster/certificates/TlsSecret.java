package io.agentstation.cluster.certificates;

import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Secret of a Certificate, with cert-manager's annotations and without an owner. It holds words in place of a key and a
 * certificate: nothing in the simulation speaks TLS.
 */
final class TlsSecret {

    private TlsSecret() {}

    static ObjectNode of(ClusterObject certificate, ObjectKey key) {
        JsonNode issuer = certificate.spec().path("issuerRef");
        ObjectNode secret = ClusterObject.blank(key);
        secret.withObjectProperty("metadata")
                .putObject("annotations")
                .put("cert-manager.io/alt-names", names(certificate))
                .put("cert-manager.io/certificate-name", certificate.name())
                .put("cert-manager.io/issuer-group", issuer.path("group").asString(""))
                .put("cert-manager.io/issuer-kind", issuer.path("kind").asString(""))
                .put("cert-manager.io/issuer-name", issuer.path("name").asString(""));
        secret.put("type", "kubernetes.io/tls");
        secret.putObject("data")
                .put("tls.crt", encoded("simulated certificate for " + names(certificate)))
                .put("tls.key", encoded("simulated key"));
        return secret;
    }

    private static String names(ClusterObject certificate) {
        return certificate
                .spec()
                .path("dnsNames")
                .valueStream()
                .map(name -> name.asString(""))
                .collect(Collectors.joining(","));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
