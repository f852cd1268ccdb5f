package io.agentstation.webhooks.intake;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.webhooks.WebhookOrder;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.store.webhooks.Webhooks;
import io.agentstation.webhooks.lanes.AttemptLog;
import io.agentstation.webhooks.lanes.Lanes;
import io.agentstation.webhooks.lanes.Offer;
import io.agentstation.webhooks.sending.Sender;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Carries orders out, one after another. What is ordered goes through lanes of the order's own, so that it never stands
 * before what happens now; an order that is read twice finds its lanes and does nothing twice.
 */
final class OrderIntake implements BatchMessageListener<byte[], byte[]> {

    private static final Logger log = LoggerFactory.getLogger(OrderIntake.class);

    // Whoever asked has been answered by then.
    private static final Duration TEST_IS_AWAITED = Duration.ofSeconds(30);

    private final RecordReader reader;
    private final Webhooks webhooks;
    private final DeliveryLog deliveries;
    private final Lanes lanes;
    private final Sender sender;
    private final AttemptLog attempts;
    private final Replays replays;
    private final DeadLetters deadLetters;
    private final Duration within;
    private final Clock clock;

    OrderIntake(
            RecordReader reader,
            Webhooks webhooks,
            DeliveryLog deliveries,
            Lanes lanes,
            Sender sender,
            AttemptLog attempts,
            Replays replays,
            DeadLetters deadLetters,
            Duration within,
            Clock clock) {
        this.reader = reader;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.sender = sender;
        this.attempts = attempts;
        this.replays = replays;
        this.deadLetters = deadLetters;
        this.within = within;
        this.clock = clock;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        List<DeadLetter> poison = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                carryOut(reader.order(record), new RetryOwner(record.topic(), record.partition()));
            } catch (PoisonRecord e) {
                poison.add(new DeadLetter(record, String.valueOf(e.getMessage())));
            }
        }
        deadLetters.publish(poison);
    }

    private void carryOut(WebhookOrder order, RetryOwner owner) {
        Optional<Webhook> found = webhooks.find(order.workspace(), order.webhook());
        // A subscription that was deleted meanwhile wants nothing.
        found.ifPresent(webhook -> order.<Runnable>match(new WebhookOrder.Cases<>(
                        test -> () -> test(webhook, test),
                        redeliver -> () -> redeliver(webhook, redeliver, owner),
                        replay -> () -> replays.run(webhook, replay, owner)))
                .run());
    }

    // Not awaited: a slow receiver must not hold up other people's orders. An example is sent once, or never.
    private void test(Webhook webhook, WebhookOrder.Test order) {
        if (clock.instant().isAfter(order.askedAt().plus(TEST_IS_AWAITED))) {
            return;
        }
        WaitingMessage example = Messages.example(order.delivery(), clock.instant());
        var unused = sender.send(webhook, example.messageId(), example.body())
                .thenCompose(result -> attempts.writeExample(order.delivery(), webhook.id(), example, result))
                .whenComplete((written, failure) -> {
                    if (failure != null) {
                        log.atWarn()
                                .addKeyValue("webhook", webhook.id())
                                .setCause(failure)
                                .log("The outcome of a test could not be written");
                    }
                });
    }

    private void redeliver(Webhook webhook, WebhookOrder.Redeliver order, RetryOwner owner) {
        Optional<DeliveryAttempt> logged = deliveries.find(webhook.id(), order.delivery());
        AgentId agent = logged.map(DeliveryAttempt::agent).orElse(null);
        if (logged.isEmpty() || agent == null) {
            return;
        }
        DeliveryAttempt again = logged.get();
        lanes.take(
                List.of(new Offer(
                        owner,
                        webhook,
                        new LaneKey(webhook.id(), order.order(), agent),
                        again.sequence(),
                        previous ->
                                new WaitingMessage(again.sequence(), again.messageId(), again.event(), again.body()))),
                within);
    }
}
