package io.agentstation.contracts.webhooks;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.agentstation.contracts.ids.WorkspaceId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * What somebody asks of the dispatcher for one subscription, on {@code agent.webhook-orders}; key = the subscription's id.
 * An order that is read twice has the same ids, so that a receiver can tell.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WebhookOrder.Test.class, name = "webhook.test.v1"),
    @JsonSubTypes.Type(value = WebhookOrder.Redeliver.class, name = "webhook.redeliver.v1"),
    @JsonSubTypes.Type(value = WebhookOrder.Replay.class, name = "webhook.replay.v1")
})
public sealed interface WebhookOrder {

    /** The tenant. */
    WorkspaceId workspace();

    /** The subscription. */
    UUID webhook();

    /** Calls the function of this order's type; a new type breaks every caller at compile time. */
    <R> R match(Cases<R> cases);

    /**
     * Send an example, once.
     *
     * @param delivery the id under which its outcome is to be logged
     * @param askedAt  an example that is read long after that is no longer awaited by anybody
     */
    record Test(WorkspaceId workspace, UUID webhook, UUID delivery, Instant askedAt) implements WebhookOrder {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.test().apply(this);
        }
    }

    /**
     * Send the message of a logged delivery again, retried as any other.
     *
     * @param order    its own id: the lane in which it is sent
     * @param delivery whose message
     */
    record Redeliver(WorkspaceId workspace, UUID webhook, UUID order, UUID delivery) implements WebhookOrder {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.redeliver().apply(this);
        }
    }

    /**
     * Send again every event of a time that the subscription's filter takes, in order per agent.
     *
     * @param order  its own id: its lanes are apart from those of what happens now
     * @param since  first append time
     * @param until  append time before which it ends
     * @param events names, or {@link WebhookEvents#ALL}
     */
    record Replay(WorkspaceId workspace, UUID webhook, UUID order, Instant since, Instant until, Set<String> events)
            implements WebhookOrder {
        public Replay {
            events = Set.copyOf(events);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.replay().apply(this);
        }
    }

    /** One function for each type. */
    record Cases<R>(Function<Test, R> test, Function<Redeliver, R> redeliver, Function<Replay, R> replay) {}
}
