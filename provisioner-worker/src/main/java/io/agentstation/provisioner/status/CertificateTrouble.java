package io.agentstation.provisioner.status;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What keeps an agent's certificate from being ready, in words: pure. */
final class CertificateTrouble {

    private CertificateTrouble() {}

    /** The words for the first of cert-manager's Certificates that is not ready. */
    static Optional<String> in(List<GenericKubernetesResource> certificates) {
        return certificates.stream().flatMap(one -> in(one).stream()).findFirst();
    }

    private static Optional<String> in(GenericKubernetesResource certificate) {
        List<?> conditions = certificate.get("status", "conditions") instanceof List<?> list ? list : List.of();
        Optional<Map<?, ?>> ready = conditions.stream()
                .filter(Map.class::isInstance)
                .<Map<?, ?>>map(condition -> (Map<?, ?>) condition)
                .filter(condition -> "Ready".equals(condition.get("type")))
                .findFirst();
        if (ready.filter(condition -> "True".equals(condition.get("status"))).isPresent()) {
            return Optional.empty();
        }
        Object message =
                ready.<Object>map(condition -> condition.get("message")).orElse("cert-manager has not begun");
        String name = certificate.getMetadata().getName();
        return Optional.of("certificate not ready: " + message + ": it usually takes a minute or two; then see kubectl"
                + " describe certificate " + name);
    }
}
