package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.webhooks.WebhookSignature;
import io.agentstation.gateway.idempotency.Ticket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Fresh signing secrets. That of a request that may be repeated is derived from its id with the station key, so that whoever
 * has lost the answer gets the same secret by the same request; any other is random.
 */
final class WebhookSecrets {

    private final StationKey key;
    private final SecureRandom random = new SecureRandom();

    WebhookSecrets(StationKey key) {
        this.key = key;
    }

    String of(Ticket ticket) {
        byte[] id = ticket.id().toString().getBytes(StandardCharsets.UTF_8);
        return ticket.isKept()
                ? WebhookSignature.secret(key.mac("webhook-secret", id))
                : WebhookSignature.newSecret(random);
    }
}
