package io.agentstation.cluster.certificates;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ClusterObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A Certificate's status, with the conditions, reasons and wording of cert-manager. */
final class CertificateStatus {

    static final String ISSUING = "Issuing certificate as Secret does not exist";

    /** As Let's Encrypt issues them, and when cert-manager renews. */
    private static final Duration LIFE = Duration.ofDays(90);

    private static final Duration UNTIL_RENEWAL = Duration.ofDays(60);

    private final Clock clock;

    CertificateStatus(Clock clock) {
        this.clock = clock;
    }

    ObjectNode of(ClusterObject certificate, boolean issued) {
        ObjectNode status = Json.object();
        ArrayNode conditions = status.putArray("conditions");
        if (issued) {
            conditions.add(
                    condition(certificate, "Ready", true, "Ready", "Certificate is up to date and has not expired"));
            Instant since = Instant.parse(certificate.status().path("notBefore").asString(now().toString()));
            status.put("notBefore", since.toString())
                    .put("notAfter", since.plus(LIFE).toString())
                    .put("renewalTime", since.plus(UNTIL_RENEWAL).toString())
                    .put("revision", 1);
        } else {
            conditions.add(condition(certificate, "Ready", false, "DoesNotExist", ISSUING));
            conditions.add(condition(certificate, "Issuing", true, "DoesNotExist", ISSUING));
        }
        return status;
    }

    private ObjectNode condition(
            ClusterObject certificate, String type, boolean isTrue, String reason, String message) {
        String state = isTrue ? "True" : "False";
        JsonNode last = certificate
                .status()
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString("").equals(type)
                        && condition.path("status").asString("").equals(state))
                .findFirst()
                .orElseGet(Json::object);
        return Json.object()
                .put("type", type)
                .put("status", state)
                .put("observedGeneration", (int) certificate.generation())
                .put("lastTransitionTime", last.path("lastTransitionTime").asString(now().toString()))
                .put("reason", reason)
                .put("message", message);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
