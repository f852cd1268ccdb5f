package io.agentstation.webhooks.intake;

import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.webhooks.WebhookFilter;
import io.agentstation.contracts.webhooks.WebhookOrder;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.webhooks.lanes.LaneBroken;
import io.agentstation.webhooks.lanes.Lanes;
import io.agentstation.webhooks.lanes.Offer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Reads a time of {@code agent.lifecycle} again, partition by partition, and takes into the order's lanes what the filter
 * asks for. Kafka keeps events for 30 days. An order that is interrupted begins anew, and its lanes know what they had.
 */
final class Replays {

    private static final Duration POLL = Duration.ofMillis(500);

    private final ConsumerFactory<byte[], byte[]> consumers;
    private final RecordReader reader;
    private final int partitionCount;
    private final Agents agents;
    private final Lanes lanes;
    private final Duration within;
    private final Clock clock;

    Replays(
            ConsumerFactory<byte[], byte[]> consumers,
            RecordReader reader,
            int partitionCount,
            Agents agents,
            Lanes lanes,
            Duration within,
            Clock clock) {
        this.consumers = consumers;
        this.reader = reader;
        this.partitionCount = partitionCount;
        this.agents = agents;
        this.lanes = lanes;
        this.within = within;
        this.clock = clock;
    }

    /** Takes every event of the order's time into its lanes; returns when all are delivered or stored. */
    void run(Webhook webhook, WebhookOrder.Replay order, RetryOwner owner) {
        WebhookFilter filter = new WebhookFilter(
                order.events(), webhook.filter().agent(), webhook.filter().labels());
        try (Consumer<byte[], byte[]> consumer = consumers.createConsumer("webhook-replay", "-replay")) {
            for (int partition = 0; partition < partitionCount; partition++) {
                TopicPartition source = new TopicPartition(Topic.LIFECYCLE.topicName(), partition);
                consumer.assign(List.of(source));
                replay(consumer, source, new Wanted(webhook, filter, order, owner));
            }
        }
    }

    private record Wanted(Webhook webhook, WebhookFilter filter, WebhookOrder.Replay order, RetryOwner owner) {}

    private void replay(Consumer<byte[], byte[]> consumer, TopicPartition source, Wanted wanted) {
        Optional<OffsetAndTimestamp> first = Optional.ofNullable(
                consumer.offsetsForTimes(Map.of(source, wanted.order().since().toEpochMilli()))
                        .get(source));
        if (first.isEmpty()) {
            return;
        }
        long until = wanted.order().until().toEpochMilli();
        long end = consumer.endOffsets(List.of(source)).getOrDefault(source, 0L);
        consumer.seek(source, first.get().offset());
        boolean over = false;
        while (!over && consumer.position(source) < end) {
            if (Thread.currentThread().isInterrupted()) {
                throw new LaneBroken(
                        "interrupted during replay " + wanted.order().order(), null);
            }
            List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(source);
            over = records.stream().anyMatch(record -> record.timestamp() >= until);
            take(records, until, wanted);
        }
    }

    private void take(List<ConsumerRecord<byte[], byte[]>> records, long until, Wanted wanted) {
        List<Offer> offers = new ArrayList<>();
        AgentLabels labels = new AgentLabels(agents, clock);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            event(record)
                    .filter(event -> record.timestamp() < until && asksFor(wanted, event, labels))
                    .ifPresent(event -> offers.add(new Offer(
                            wanted.owner(),
                            wanted.webhook(),
                            new LaneKey(wanted.webhook().id(), wanted.order().order(), event.agentId()),
                            event.sequence(),
                            previous -> Messages.of(event, previous))));
        }
        lanes.take(offers, within);
    }

    private static boolean asksFor(Wanted wanted, LifecycleEvent event, AgentLabels labels) {
        return event.workspace().equals(wanted.order().workspace())
                && wanted.filter().concerns(event)
                && (!wanted.filter().asksForLabels() || wanted.filter().accepts(labels.of(event)));
    }

    // Poison was put aside when it was read first.
    private Optional<LifecycleEvent> event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(reader.event(record));
        } catch (PoisonRecord e) {
            return Optional.empty();
        }
    }
}
