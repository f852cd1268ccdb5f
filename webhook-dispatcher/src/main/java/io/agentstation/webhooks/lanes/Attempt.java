package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.store.webhooks.Webhook;
import java.time.Instant;

/**
 * An attempt with a message.
 *
 * @param before  how many attempts were made before it
 * @param firstAt when the first of all began, or the message was stored
 */
record Attempt(WaitingMessage message, Webhook webhook, int before, Instant firstAt) {

    /** Its number, from 1. */
    int number() {
        return before + 1;
    }
}
