package io.agentstation.webhooks.intake;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.store.webhooks.Webhooks;
import io.agentstation.webhooks.lanes.Lanes;
import io.agentstation.webhooks.lanes.Offer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Takes each batch of lifecycle events into the lanes of the subscriptions that ask for them. Returns, so that the offsets
 * are committed, when every message is delivered or stored and poison is put aside; whatever fails, the whole batch comes
 * again, and what was taken before is not taken twice.
 *
 * <p>The subscriptions are read after the events: one that was answered before an event happened gets that event.
 */
final class EventIntake implements BatchMessageListener<byte[], byte[]> {

    private final RecordReader reader;
    private final Webhooks webhooks;
    private final Agents agents;
    private final Lanes lanes;
    private final DeadLetters deadLetters;
    private final Duration within;
    private final Clock clock;

    EventIntake(
            RecordReader reader,
            Webhooks webhooks,
            Agents agents,
            Lanes lanes,
            DeadLetters deadLetters,
            Duration within,
            Clock clock) {
        this.reader = reader;
        this.webhooks = webhooks;
        this.agents = agents;
        this.lanes = lanes;
        this.deadLetters = deadLetters;
        this.within = within;
        this.clock = clock;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        List<DeadLetter> poison = new ArrayList<>();
        List<Offer> offers = new ArrayList<>();
        Map<WorkspaceId, List<Webhook>> subscriptions = new HashMap<>();
        AgentLabels labels = new AgentLabels(agents, clock);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                LifecycleEvent event = reader.event(record);
                RetryOwner owner = new RetryOwner(record.topic(), record.partition());
                subscriptions.computeIfAbsent(event.workspace(), webhooks::of).stream()
                        .filter(webhook -> webhook.enabled() && asksFor(webhook, event, labels))
                        .forEach(webhook -> offers.add(new Offer(
                                owner,
                                webhook,
                                LaneKey.live(webhook.id(), event.agentId()),
                                event.sequence(),
                                previous -> Messages.of(event, previous))));
            } catch (PoisonRecord e) {
                poison.add(new DeadLetter(record, String.valueOf(e.getMessage())));
            }
        }
        lanes.take(offers, within);
        // Last, so that an outage of Cassandra does not put the same poison aside with every try.
        deadLetters.publish(poison);
    }

    private static boolean asksFor(Webhook webhook, LifecycleEvent event, AgentLabels labels) {
        return webhook.filter().concerns(event)
                && (!webhook.filter().asksForLabels() || webhook.filter().accepts(labels.of(event)));
    }
}
