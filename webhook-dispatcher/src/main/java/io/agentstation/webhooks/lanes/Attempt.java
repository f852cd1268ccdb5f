package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.store.webhooks.Webhook;
import java.time.Instant;

/**
 * An attempt with a message.
 *
 * @param before  how many attempts were made before it
 * @param firstAt when the first of all began, or the message was stored
 * @param early   whether it is made before its time, because the endpoint answers again; then it does not count
 */
record Attempt(WaitingMessage message, Webhook webhook, int before, Instant firstAt, boolean early) {

    /** The first one with a message. */
    static Attempt first(WaitingMessage message, Webhook webhook, Instant now) {
        return new Attempt(message, webhook, 0, now, false);
    }

    /** Its number, from 1. */
    int number() {
        return before + 1;
    }
}
