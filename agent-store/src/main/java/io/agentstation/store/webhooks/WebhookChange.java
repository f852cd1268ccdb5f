package io.agentstation.store.webhooks;

import io.agentstation.contracts.webhooks.WebhookFilter;
import org.jspecify.annotations.Nullable;

/** What a client wants of a subscription: all that it may say. */
public record WebhookChange(String url, WebhookFilter filter, String description, boolean enabled) {

    /** What the subscription says now. */
    public static WebhookChange of(Webhook webhook) {
        return new WebhookChange(webhook.url(), webhook.filter(), webhook.description(), webhook.enabled());
    }

    /** Why it is disabled once this is written: a client's own wish needs no reason, and enabling forgets the station's. */
    @Nullable
    String disabledReason(Webhook before) {
        return enabled ? null : before.disabledReason();
    }
}
