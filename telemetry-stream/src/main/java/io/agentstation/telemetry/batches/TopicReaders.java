package io.agentstation.telemetry.batches;

import io.agentstation.contracts.topics.Topic;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/** Makes the reader of a topic: a group and threads of its own, so that no topic waits for another. */
public final class TopicReaders {

    private final ConsumerFactory<byte[], byte[]> consumers;
    private final CommonErrorHandler errors;
    private final String group;
    private final int threadsPerTopic;
    private final ReaderFigures figures;

    /**
     * Readers that share how they consume and how they retry.
     *
     * @param group prefix of every reader's group
     */
    public TopicReaders(
            ConsumerFactory<byte[], byte[]> consumers,
            CommonErrorHandler errors,
            String group,
            int threadsPerTopic,
            ReaderFigures figures) {
        this.consumers = consumers;
        this.errors = errors;
        this.group = group;
        this.threadsPerTopic = threadsPerTopic;
        this.figures = figures;
    }

    /** A reader of whatever is appended. */
    public ConcurrentMessageListenerContainer<byte[], byte[]> of(Topic topic, BatchWriter<?> writer) {
        return reader(topic, writer, "read_uncommitted");
    }

    /** A reader of what a transaction has committed: the default would see aborted events. */
    public ConcurrentMessageListenerContainer<byte[], byte[]> ofCommitted(Topic topic, BatchWriter<?> writer) {
        return reader(topic, writer, "read_committed");
    }

    private ConcurrentMessageListenerContainer<byte[], byte[]> reader(
            Topic topic, BatchWriter<?> writer, String isolation) {
        String id = group + "-" + topic.name().toLowerCase(Locale.ROOT);
        ContainerProperties properties = new ContainerProperties(topic.topicName());
        properties.setGroupId(id);
        properties.setClientId(id);
        properties.setMessageListener(new MeasuredWriter(topic, writer, figures.writer()));
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        // The end of a transaction takes an offset too: without this a group that has read everything seems to lag.
        properties.setFixTxOffsets(true);
        Properties overrides = new Properties();
        overrides.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.setKafkaConsumerProperties(overrides);
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setConcurrency(threadsPerTopic);
        container.setCommonErrorHandler(errors);
        figures.pauses().show(topic);
        figures.lag().show(topic, id);
        return container;
    }
}
