package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.webhooks.WebhookOrder;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.gateway.kafka.TopicProducer;
import io.agentstation.store.session.Deadline;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.Webhook;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the dispatcher is asked to send. The gateway itself connects to nobody: an order is durable once Kafka has
 * acknowledged it, and its outcome is read from the delivery log.
 */
final class WebhookOrders implements AutoCloseable {

    // The dispatcher's limit for one attempt is 15 s.
    private static final Duration TEST_WITHIN = Duration.ofSeconds(20);
    private static final long POLL_MS = 100;
    private final TopicProducer producer;
    private final DeliveryLog log;
    private final Clock clock;

    WebhookOrders(TopicProducer producer, DeliveryLog log, Clock clock) {
        this.producer = producer;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Sends an example and waits for what comes back; fails with 503 when the dispatcher reports nothing. Nothing is sent for
     * a ticket whose outcome is known.
     */
    CompletableFuture<DeliveryAttempt> test(Webhook webhook, Ticket ticket) {
        CompletableFuture<Optional<DeliveryAttempt>> known = ticket.isKept()
                ? log.findAsync(webhook.id(), ticket.id()).toCompletableFuture()
                : CompletableFuture.completedFuture(Optional.empty());
        return known.thenCompose(
                told -> told.map(CompletableFuture::completedFuture).orElseGet(() -> ask(webhook, ticket.id())));
    }

    private CompletableFuture<DeliveryAttempt> ask(Webhook webhook, UUID delivery) {
        return send(new WebhookOrder.Test(webhook.workspace(), webhook.id(), delivery, clock.instant()))
                .thenCompose(sent -> outcome(webhook.id(), delivery, System.nanoTime() + TEST_WITHIN.toNanos()));
    }

    private CompletableFuture<DeliveryAttempt> outcome(UUID webhook, UUID delivery, long deadline) {
        return log.findAsync(webhook, delivery).toCompletableFuture().thenCompose(found -> {
            if (found.isPresent()) {
                return CompletableFuture.completedFuture(found.get());
            }
            if (System.nanoTime() - deadline > 0) {
                throw RequestRefused.unavailable(
                        "The webhook dispatcher did not report the outcome within " + TEST_WITHIN.toSeconds()
                                + " s, try again",
                        null);
            }
            return CompletableFuture.supplyAsync(
                            () -> true, CompletableFuture.delayedExecutor(POLL_MS, TimeUnit.MILLISECONDS))
                    .thenCompose(waited -> outcome(webhook, delivery, deadline));
        });
    }

    /** Asks to send the message of a delivery again, once for each ticket; the order's id. */
    CompletableFuture<UUID> redeliver(Webhook webhook, UUID delivery, Ticket ticket) {
        return once(ticket, new WebhookOrder.Redeliver(webhook.workspace(), webhook.id(), ticket.id(), delivery));
    }

    /** Asks to send what happened again, once for each ticket; the order's id. */
    CompletableFuture<UUID> replay(Webhook webhook, ReplayForm wanted, Ticket ticket) {
        return once(
                ticket,
                new WebhookOrder.Replay(
                        webhook.workspace(),
                        webhook.id(),
                        ticket.id(),
                        wanted.since(),
                        wanted.until(),
                        wanted.events()));
    }

    // Should the note be lost, the order is sent again; the dispatcher knows it by its id.
    private CompletableFuture<UUID> once(Ticket ticket, WebhookOrder order) {
        Deadline deadline = Deadline.current();
        return send(order).thenRunAsync(deadline.carry(ticket::done)).thenApply(noted -> ticket.id());
    }

    /** A delivery that was logged; empty when there is none of this id. */
    Optional<DeliveryAttempt> delivery(Webhook webhook, UUID delivery) {
        return log.find(webhook.id(), delivery);
    }

    private CompletableFuture<?> send(WebhookOrder order) {
        return producer.send(order.webhook().toString(), Wire.write(order));
    }

    @Override
    public void close() {
        producer.close();
    }
}
