package io.agentstation.webhooks.intake;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.store.webhooks.Webhooks;
import io.agentstation.webhooks.lanes.AttemptLog;
import io.agentstation.webhooks.lanes.Lanes;
import io.agentstation.webhooks.sending.Sender;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdminOperations;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;

/** Makes the readers of both topics; what a reader's group assigns to this process, its lanes belong to. */
public final class Intakes {

    // A replay of weeks is one order.
    private static final String LONGEST_ORDER_MS = "3600000";

    private final ConsumerFactory<byte[], byte[]> consumers;
    private final KafkaOperations<byte[], byte[]> kafka;
    private final CommonErrorHandler errors;
    private final IntakeSettings settings;
    private final Lanes lanes;
    private final int partitionCount;
    private final Clock clock;

    /**
     * Readers that share how they consume and how they retry.
     *
     * @throws IllegalStateException when the topics have different numbers of partitions
     */
    public Intakes(
            ConsumerFactory<byte[], byte[]> consumers,
            KafkaOperations<byte[], byte[]> kafka,
            KafkaAdminOperations admin,
            CommonErrorHandler errors,
            IntakeSettings settings,
            Lanes lanes,
            Clock clock) {
        this.consumers = consumers;
        this.kafka = kafka;
        this.errors = errors;
        this.settings = settings;
        this.lanes = lanes;
        this.partitionCount = PartitionCount.ask(admin, EnumSet.of(Topic.LIFECYCLE, Topic.WEBHOOK_ORDERS))
                .value();
        this.clock = clock;
    }

    /** The reader of what happens. */
    public ConcurrentMessageListenerContainer<byte[], byte[]> events(Webhooks webhooks, Agents agents) {
        return container(
                Topic.LIFECYCLE,
                settings.threads(),
                new EventIntake(
                        new RecordReader(partitionCount),
                        webhooks,
                        agents,
                        lanes,
                        new DeadLetters(Topic.LIFECYCLE, kafka),
                        settings.takeWithin(),
                        clock),
                new Properties());
    }

    /** The reader of orders. */
    public ConcurrentMessageListenerContainer<byte[], byte[]> orders(
            Webhooks webhooks, Agents agents, DeliveryLog deliveries, Sender sender, AttemptLog attempts) {
        RecordReader reader = new RecordReader(partitionCount);
        Properties patient = new Properties();
        patient.setProperty(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, LONGEST_ORDER_MS);
        patient.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        return container(
                Topic.WEBHOOK_ORDERS,
                1,
                new OrderIntake(
                        reader,
                        webhooks,
                        deliveries,
                        lanes,
                        sender,
                        attempts,
                        new Replays(consumers, reader, partitionCount, agents, lanes, settings.takeWithin(), clock),
                        new DeadLetters(Topic.WEBHOOK_ORDERS, kafka),
                        settings.takeWithin(),
                        clock),
                patient);
    }

    private ConcurrentMessageListenerContainer<byte[], byte[]> container(
            Topic topic, int threads, BatchMessageListener<byte[], byte[]> listener, Properties overrides) {
        String id =
                settings.group() + "-" + topic.name().toLowerCase(Locale.ROOT).replace('_', '-');
        ContainerProperties properties = new ContainerProperties(topic.topicName());
        properties.setGroupId(id);
        properties.setClientId(id);
        properties.setMessageListener(listener);
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        // The end of a transaction takes an offset too: without this a group that has read everything seems to lag.
        properties.setFixTxOffsets(true);
        properties.setKafkaConsumerProperties(overrides);
        properties.setConsumerRebalanceListener(new Ownership(lanes));
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setConcurrency(threads);
        container.setCommonErrorHandler(errors);
        return container;
    }

    private record Ownership(Lanes lanes) implements ConsumerAwareRebalanceListener {

        @Override
        public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            lanes.assigned(owners(partitions));
        }

        @Override
        public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            lanes.revoked(owners(partitions));
        }

        @Override
        public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            lanes.revoked(owners(partitions));
        }

        private static List<RetryOwner> owners(Collection<TopicPartition> partitions) {
            return partitions.stream()
                    .map(partition -> new RetryOwner(partition.topic(), partition.partition()))
                    .toList();
        }
    }
}
