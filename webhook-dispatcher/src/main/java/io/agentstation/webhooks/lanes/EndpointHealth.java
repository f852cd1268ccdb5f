package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.Webhook;
import io.agentstation.store.webhooks.WebhookHealth;
import io.agentstation.store.webhooks.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Since when each endpoint has failed without a success between, whichever dispatcher tried it: kept with the subscription,
 * so that a restart does not forget it. Writes at most once a minute for each, in the background.
 */
final class EndpointHealth {

    private static final Logger log = LoggerFactory.getLogger(EndpointHealth.class);
    private static final Duration PACE = Duration.ofMinutes(1);

    private final Webhooks webhooks;
    private final WebhookHealth health;
    private final Duration disableAfter;
    private final Executor executor;
    private final Map<UUID, Instant> noted = new ConcurrentHashMap<>();

    /**
     * Of all endpoints.
     *
     * @param executor waits for the store when an endpoint is disabled
     */
    EndpointHealth(Webhooks webhooks, WebhookHealth health, Duration disableAfter, Executor executor) {
        this.webhooks = webhooks;
        this.health = health;
        this.disableAfter = disableAfter;
        this.executor = executor;
    }

    /** Notes a success. */
    void succeeded(Webhook webhook, Instant now) {
        Instant before = webhook.lastSuccessAt();
        boolean known = webhook.failingSince() == null
                && before != null
                && before.plus(PACE).isAfter(now);
        if (!known && isPaced(webhook.id(), now, webhook.failingSince() != null)) {
            note(webhook, health.succeeded(webhook.workspace(), webhook.id(), now));
        }
    }

    /** Notes a failure; disables an endpoint that has failed for too long. */
    void failed(Webhook webhook, Instant now) {
        Instant since = webhook.failingSince();
        if (since == null && isPaced(webhook.id(), now, false)) {
            note(webhook, health.failingSince(webhook.workspace(), webhook.id(), now));
        } else if (since != null && !now.isBefore(since.plus(disableAfter))) {
            String reason = "no attempt has succeeded since " + since + ", for " + disableAfter.toHours() + " h";
            note(webhook, CompletableFuture.runAsync(() -> disable(webhook, reason), executor));
        }
    }

    // What cannot be noted now is noted after a later attempt.
    private void note(Webhook webhook, CompletionStage<?> written) {
        var unused = written.whenComplete((nothing, failure) -> {
            if (failure != null) {
                noted.remove(webhook.id());
                log.atWarn()
                        .addKeyValue("webhook", webhook.id())
                        .setCause(failure)
                        .log("An endpoint's health was not noted");
            }
        });
    }

    /** Disables an endpoint, visibly. Waits. */
    void disable(Webhook webhook, String reason) {
        webhooks.disable(webhook.workspace(), webhook.id(), reason);
        log.atWarn()
                .addKeyValue("webhook", webhook.id())
                .addKeyValue("workspace", webhook.workspace())
                .addKeyValue("reason", reason)
                .log("A webhook is disabled");
    }

    private boolean isPaced(UUID webhook, Instant now, boolean urgent) {
        Instant before = noted.put(webhook, now);
        if (before != null && !urgent && before.plus(PACE).isAfter(now)) {
            noted.put(webhook, before);
            return false;
        }
        return true;
    }
}
