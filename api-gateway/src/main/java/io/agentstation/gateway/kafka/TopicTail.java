package io.agentstation.gateway.kafka;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.MalformedMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all partitions of a topic on a thread of its own, without a group: committed records only, each at least once.
 *
 * <p>A record that is not a message is logged and passed over. After a failure it begins anew, after {@code onReset}.
 */
public final class TopicTail implements AutoCloseable {

    /** Where a tail begins. */
    public enum From {
        BEGINNING,
        END
    }

    private static final Logger log = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final Topic topic;
    private final From from;
    private final Map<String, Object> config;
    private final Consumer<ConsumerRecord<byte[], byte[]>> reader;
    private final Runnable onReset;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> following;

    /** A tail that has not begun; {@code base} says where Kafka is. */
    public TopicTail(
            Topic topic,
            From from,
            Map<String, Object> base,
            Consumer<ConsumerRecord<byte[], byte[]>> reader,
            Runnable onReset) {
        this.topic = topic;
        this.from = from;
        this.config = configuration(base, from);
        this.reader = reader;
        this.onReset = onReset;
        this.thread = new Thread(this::run, "tail-" + topic.topicName());
        this.thread.setDaemon(true);
    }

    /** The consumer's configuration on top of {@code base}. */
    static Map<String, Object> configuration(Map<String, Object> base, From from) {
        Map<String, Object> config = new HashMap<>(base);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, from == From.END ? "latest" : "earliest");
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
        return config;
    }

    /** Begins; returns when every record from now on will be read, or after the time-out. */
    public void start(Duration timeout) throws InterruptedException {
        thread.start();
        if (!ready.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            log.atWarn()
                    .addKeyValue("topic", topic.topicName())
                    .addKeyValue("timeout", timeout)
                    .log("A topic's tail is not ready yet; it goes on trying");
        }
    }

    /** Whether it has once read everything that was there when it began. */
    public boolean isReady() {
        return ready.getCount() == 0;
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                following = consumer;
                follow(consumer);
            } catch (WakeupException e) {
                log.debug("Woken up to stop");
            } catch (KafkaException e) {
                log.atWarn()
                        .addKeyValue("topic", topic.topicName())
                        .setCause(e)
                        .log("A topic's tail failed and begins anew");
                waitForStop(AFTER_FAILURE);
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        ends.forEach((partition, end) -> consumer.seek(partition, from == From.END ? end : 0L));
        onReset.run();
        while (stopped.getCount() > 0) {
            // Asked before the poll, which waits for half a second where there is nothing to read.
            if (ready.getCount() > 0 && hasReached(consumer, ends)) {
                ready.countDown();
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            records.forEach(this::read);
        }
    }

    private static boolean hasReached(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            reader.accept(record);
        } catch (MalformedMessage e) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .setCause(e)
                    .log("A record is not a message and is passed over");
        }
    }

    private void waitForStop(Duration most) {
        try {
            if (stopped.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("Stopped while waiting to begin anew");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends at once, or within 2 s when Kafka does not answer. */
    @Override
    public void close() throws InterruptedException {
        stopped.countDown();
        KafkaConsumer<byte[], byte[]> consumer = following;
        if (consumer != null) {
            // Without it each tail would end with its poll, one after the other.
            consumer.wakeup();
        }
        thread.join(STOP_WITHIN.toMillis());
    }
}
