package io.agentstation.webhooks.sending;

import io.agentstation.store.webhooks.Webhook;
import java.util.concurrent.CompletableFuture;

/** Makes one attempt. */
@FunctionalInterface
public interface Sender {

    /**
     * Sends a body as one message to a subscription's url; always ends with a result, within the limits of the client.
     *
     * @param messageId the same in every attempt with this message
     */
    CompletableFuture<AttemptResult> send(Webhook webhook, String messageId, String body);
}
