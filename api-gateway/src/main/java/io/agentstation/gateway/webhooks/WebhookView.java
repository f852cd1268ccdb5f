package io.agentstation.gateway.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.webhooks.Webhook;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is shown.
 *
 * @param secret only in the answer that makes it: it is shown once
 */
record WebhookView(
        UUID id,
        String url,
        SortedSet<String> events,
        @Nullable AgentId agentUuid,
        Map<String, String> labels,
        String description,
        boolean enabled,
        @Nullable String disabledReason,
        Instant createdAt,
        @Nullable Instant failingSince,
        @Nullable Instant lastSuccessAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

    static WebhookView of(Webhook webhook) {
        return of(webhook, null);
    }

    static WebhookView of(Webhook webhook, @Nullable String secret) {
        return new WebhookView(
                webhook.id(),
                webhook.url(),
                new TreeSet<>(webhook.filter().events()),
                webhook.filter().agent(),
                new TreeMap<>(webhook.filter().labels()),
                webhook.description(),
                webhook.enabled(),
                webhook.disabledReason(),
                webhook.createdAt(),
                webhook.failingSince(),
                webhook.lastSuccessAt(),
                secret);
    }

    @Override
    public String toString() {
        return "WebhookView[" + id + "]";
    }
}
