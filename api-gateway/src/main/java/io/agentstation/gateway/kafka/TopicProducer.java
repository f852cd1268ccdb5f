package io.agentstation.gateway.kafka;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.kafka.PublishFailed.NotSent;
import io.agentstation.gateway.kafka.PublishFailed.Unconfirmed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The one way into a topic: its own producer with its own queue, so that no topic can hold up another. Thread-safe.
 *
 * <p>A send ends with the record's place in the log, or with {@link PublishFailed}, within the delivery time-out. At most
 * so many records are in flight; one more is refused at once.
 */
public final class TopicProducer implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final int FIRST_METADATA_ATTEMPTS = 30;

    private final Topic topic;
    private final Producer<byte[], byte[]> producer;
    private final Semaphore inFlight;

    TopicProducer(Topic topic, Producer<byte[], byte[]> producer, int inFlight) {
        this.topic = topic;
        this.producer = producer;
        this.inFlight = new Semaphore(inFlight);
    }

    /** Opens a producer; {@code base} says where Kafka is and how to reach it. */
    public static TopicProducer open(Topic topic, Map<String, Object> base, ProducerLimits limits) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(limits.apply(base), new ByteArraySerializer(), new ByteArraySerializer());
        return new TopicProducer(topic, producer, limits.inFlight()).warm();
    }

    /** Fetches the topic's metadata now: the first send would need it within its short blocking time. */
    private TopicProducer warm() {
        for (int attempt = 1; ; attempt++) {
            try {
                producer.partitionsFor(topic.topicName());
                return this;
            } catch (TimeoutException e) {
                if (attempt == FIRST_METADATA_ATTEMPTS) {
                    producer.close(Duration.ZERO);
                    throw e;
                }
            }
        }
    }

    /** Appends an agent's record to the agent's partition. */
    public CompletableFuture<RecordMetadata> send(AgentId key, byte[] value) {
        return send(new ProducerRecord<>(topic.topicName(), key.toString().getBytes(StandardCharsets.UTF_8), value));
    }

    /** Appends a record without a key to a partition. */
    public CompletableFuture<RecordMetadata> send(int partition, byte[] value, Headers headers) {
        return send(new ProducerRecord<byte[], byte[]>(topic.topicName(), partition, null, null, value, headers));
    }

    private CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<RecordMetadata> outcome = new CompletableFuture<>();
        if (!inFlight.tryAcquire()) {
            outcome.completeExceptionally(
                    new NotSent(topic.topicName(), new IllegalStateException("too many records are in flight")));
            return outcome;
        }
        CompletableFuture<RecordMetadata> released = outcome.whenComplete((done, failure) -> inFlight.release());
        hand(record, outcome);
        return released;
    }

    private void hand(ProducerRecord<byte[], byte[]> record, CompletableFuture<RecordMetadata> outcome) {
        Thread caller = Thread.currentThread();
        try {
            var unused = producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    outcome.complete(metadata);
                } else {
                    // The producer calls back on the caller's thread only for a record that it did not take.
                    outcome.completeExceptionally(
                            Thread.currentThread() == caller
                                    ? new NotSent(topic.topicName(), failure)
                                    : new Unconfirmed(topic.topicName(), failure));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            outcome.completeExceptionally(new NotSent(topic.topicName(), e));
        }
    }

    /** Sends what waits, for 2 s at most. */
    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
