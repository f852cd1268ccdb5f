package io.agentstation.gateway.webhooks;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.agentstation.contracts.webhooks.WebhookOrder;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.kafka.TopicProducer;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.Webhook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    private final TopicProducer producer;
    private final DeliveryLog log;
    private final Clock clock;

    WebhookOrders(TopicProducer producer, DeliveryLog log, Clock clock) {
        this.producer = producer;
        this.log = log;
        this.clock = clock;
    }

    /** Sends an example and waits for what comes back; fails with 503 when the dispatcher reports nothing. */
    CompletableFuture<DeliveryAttempt> test(Webhook webhook) {
        UUID delivery = IDS.generate();
        Instant now = clock.instant();
        return send(new WebhookOrder.Test(webhook.workspace(), webhook.id(), delivery, now))
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

    /** Asks to send the message of a delivery again; the order's id. */
    CompletableFuture<UUID> redeliver(Webhook webhook, UUID delivery) {
        UUID order = IDS.generate();
        return send(new WebhookOrder.Redeliver(webhook.workspace(), webhook.id(), order, delivery))
                .thenApply(sent -> order);
    }

    /** Asks to send what happened again; the order's id. */
    CompletableFuture<UUID> replay(Webhook webhook, Instant since, Instant until, Set<String> events) {
        UUID order = IDS.generate();
        return send(new WebhookOrder.Replay(webhook.workspace(), webhook.id(), order, since, until, events))
                .thenApply(sent -> order);
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
