package io.agentstation.webhooks.intake;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.webhooks.WebhookOrder;
import io.agentstation.contracts.wire.MalformedMessage;
import io.agentstation.contracts.wire.Wire;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Decodes records and refuses what was not put there by the rules. */
final class RecordReader {

    private final int partitionCount;

    RecordReader(int partitionCount) {
        this.partitionCount = partitionCount;
    }

    /**
     * The record's event.
     *
     * @throws PoisonRecord when it is none, has another key than its agent, or lies in a foreign partition
     */
    LifecycleEvent event(ConsumerRecord<byte[], byte[]> record) {
        LifecycleEvent event = read(record.value(), LifecycleEvent.class);
        requireKey(record, event.agentId().toString());
        int home = Partitions.of(event.agentId(), partitionCount);
        if (home != record.partition()) {
            throw new PoisonRecord(
                    "foreign partition: " + record.partition() + " instead of " + home + " for agent "
                            + event.agentId(),
                    null);
        }
        return event;
    }

    /**
     * The record's order.
     *
     * @throws PoisonRecord when it is none, or has another key than its subscription, or lies in a foreign partition
     */
    WebhookOrder order(ConsumerRecord<byte[], byte[]> record) {
        WebhookOrder order = read(record.value(), WebhookOrder.class);
        requireKey(record, order.webhook().toString());
        int home = Partitions.of(new AgentId(order.webhook()), partitionCount);
        if (home != record.partition()) {
            throw new PoisonRecord("foreign partition: " + record.partition() + " instead of " + home, null);
        }
        return order;
    }

    private static void requireKey(ConsumerRecord<byte[], byte[]> record, String wanted) {
        byte @Nullable [] key = record.key();
        if (key == null || !wanted.equals(new String(key, StandardCharsets.UTF_8))) {
            throw new PoisonRecord("the key must be " + wanted + ", whom the message is about", null);
        }
    }

    private static <M> M read(byte @Nullable [] value, Class<M> type) {
        if (value == null) {
            throw new PoisonRecord("no value: a " + type.getSimpleName() + " was expected", null);
        }
        try {
            return Wire.read(value, type);
        } catch (MalformedMessage e) {
            throw new PoisonRecord(String.valueOf(e.getMessage()), e);
        }
    }
}
