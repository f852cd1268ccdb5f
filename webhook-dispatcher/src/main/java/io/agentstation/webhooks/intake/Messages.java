package io.agentstation.webhooks.intake;

import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.webhooks.WebhookBody;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.webhooks.WaitingMessage;
import java.time.Instant;
import java.util.UUID;

/** Makes messages. */
final class Messages {

    private static final String EXAMPLE = "webhook.test";

    /** What an example says: nothing has happened. */
    private record Example(String event, UUID id, Instant timestamp, String message) {}

    private Messages() {}

    /** The message of an event; the same event is the same message, whoever makes it. */
    static WaitingMessage of(LifecycleEvent event, long previousSequence) {
        WebhookBody body = WebhookBody.of(event, previousSequence);
        return new WaitingMessage(event.sequence(), body.id().toString(), body.event(), Wire.writeText(body));
    }

    /** An example. */
    static WaitingMessage example(UUID id, Instant now) {
        Example example =
                new Example(EXAMPLE, id, now, "This is a test of your webhook: no agent has changed. Nothing follows.");
        return new WaitingMessage(0, id.toString(), EXAMPLE, Wire.writeText(example));
    }
}
