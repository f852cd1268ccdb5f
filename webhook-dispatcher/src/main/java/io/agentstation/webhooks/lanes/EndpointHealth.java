package io.agentstation.webhooks.lanes;

import io.agentstation.store.session.StoreUnavailable;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.store.webhooks.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
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
    private final Duration disableAfter;
    private final Executor executor;
    private final Map<UUID, Instant> noted = new ConcurrentHashMap<>();

    EndpointHealth(Webhooks webhooks, Duration disableAfter, Executor executor) {
        this.webhooks = webhooks;
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
            note(webhook, () -> webhooks.succeeded(webhook.workspace(), webhook.id(), now));
        }
    }

    /** Notes a failure; disables an endpoint that has failed for too long. */
    void failed(Webhook webhook, Instant now) {
        Instant since = webhook.failingSince();
        if (since == null && isPaced(webhook.id(), now, false)) {
            note(webhook, () -> webhooks.failingSince(webhook.workspace(), webhook.id(), now));
        } else if (since != null && !now.isBefore(since.plus(disableAfter))) {
            note(
                    webhook,
                    () -> disable(
                            webhook,
                            "no attempt has succeeded since " + since + ", for " + disableAfter.toHours() + " h"));
        }
    }

    // What cannot be noted now is noted after a later attempt.
    private void note(Webhook webhook, Runnable write) {
        executor.execute(() -> {
            try {
                write.run();
            } catch (StoreUnavailable e) {
                noted.remove(webhook.id());
                log.atWarn().addKeyValue("webhook", webhook.id()).setCause(e).log("An endpoint's health was not noted");
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
