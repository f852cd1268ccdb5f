package io.agentstation.gateway.kafka;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.kafka.PublishFailed.NotSent;
import io.agentstation.gateway.kafka.PublishFailed.Unconfirmed;
import io.agentstation.store.session.Deadline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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
 * <p>A send ends with the record's place in the log, or with {@link PublishFailed}, within the delivery time-out, and not
 * after the sending thread's {@link Deadline}, which what follows has too. At most
 * so many records are in flight; one more is refused at once. So is every record shortly after one for which the producer
 * found no broker or no room: otherwise each would hold its HTTP thread for as long, and in an outage soon all threads.
 */
public final class TopicProducer implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final Duration REST = Duration.ofMillis(250);
    // A record that had nearly all of its time needs no clock of its own: a heartbeat.
    private static final Duration NEARLY = Duration.ofMillis(100);
    private static final int FIRST_METADATA_ATTEMPTS = 30;

    private final Topic topic;
    private final Producer<byte[], byte[]> producer;
    private final int mostInFlight;
    private final Semaphore inFlight;
    private final Duration delivery;
    private final LongSupplier nanoTime;
    private volatile long restsUntil;

    TopicProducer(Topic topic, Producer<byte[], byte[]> producer, ProducerLimits limits, LongSupplier nanoTime) {
        this.topic = topic;
        this.producer = producer;
        this.mostInFlight = limits.inFlight();
        this.inFlight = new Semaphore(limits.inFlight());
        this.delivery = limits.delivery();
        this.nanoTime = nanoTime;
        this.restsUntil = nanoTime.getAsLong();
    }

    /**
     * Opens a producer.
     *
     * @param base   where Kafka is and how to reach it
     * @param meters where it shows its queue
     */
    public static TopicProducer open(
            Topic topic, Map<String, Object> base, ProducerLimits limits, MeterRegistry meters) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(limits.apply(base), new ByteArraySerializer(), new ByteArraySerializer());
        return new TopicProducer(topic, producer, limits, System::nanoTime)
                .warm()
                .shownIn(meters);
    }

    private TopicProducer shownIn(MeterRegistry meters) {
        Gauge.builder("station.gateway.in.flight", () -> mostInFlight - inFlight.availablePermits())
                .tag("topic", topic.topicName())
                .baseUnit("records")
                .register(meters);
        Gauge.builder("station.gateway.producer.resting", () -> isResting() ? 1 : 0)
                .tag("topic", topic.topicName())
                .register(meters);
        return this;
    }

    private boolean isResting() {
        return nanoTime.getAsLong() - restsUntil < 0;
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
        return send(key.toString(), value);
    }

    /** Appends a record to its key's partition. */
    public CompletableFuture<RecordMetadata> send(String key, byte[] value) {
        return send(new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** Appends a record without a key to a partition. */
    public CompletableFuture<RecordMetadata> send(int partition, byte[] value, Headers headers) {
        return send(new ProducerRecord<byte[], byte[]>(topic.topicName(), partition, null, null, value, headers));
    }

    private CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        Deadline deadline = Deadline.current();
        if (deadline.atMost(delivery).isZero()) {
            return refused("the time of the request is over");
        }
        return deadline.carry(inTime(sendNow(record), deadline.atMost(delivery)));
    }

    private CompletableFuture<RecordMetadata> inTime(CompletableFuture<RecordMetadata> sent, Duration left) {
        if (sent.isDone() || left.plus(NEARLY).compareTo(delivery) > 0) {
            return sent;
        }
        return sent.copy()
                .orTimeout(left.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof java.util.concurrent.TimeoutException
                                ? new Unconfirmed(topic.topicName(), failure)
                                : failure));
    }

    private CompletableFuture<RecordMetadata> sendNow(ProducerRecord<byte[], byte[]> record) {
        if (isResting()) {
            return refused("no broker or no room was found a moment ago");
        }
        if (!inFlight.tryAcquire()) {
            return refused("too many records are in flight");
        }
        CompletableFuture<RecordMetadata> outcome = new CompletableFuture<>();
        CompletableFuture<RecordMetadata> released = outcome.whenComplete((done, failure) -> inFlight.release());
        hand(record, outcome);
        return released;
    }

    private CompletableFuture<RecordMetadata> refused(String reason) {
        return CompletableFuture.failedFuture(new NotSent(topic.topicName(), new IllegalStateException(reason)));
    }

    private void hand(ProducerRecord<byte[], byte[]> record, CompletableFuture<RecordMetadata> outcome) {
        Thread caller = Thread.currentThread();
        try {
            var unused = producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    outcome.complete(metadata);
                } else if (Thread.currentThread() != caller) {
                    outcome.completeExceptionally(new Unconfirmed(topic.topicName(), failure));
                } else {
                    // The producer calls back on the caller's thread only for a record that it did not take.
                    outcome.completeExceptionally(notSent(failure));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            outcome.completeExceptionally(notSent(e));
        }
    }

    private NotSent notSent(Exception failure) {
        if (failure instanceof TimeoutException) {
            restsUntil = nanoTime.getAsLong() + REST.toNanos();
        }
        return new NotSent(topic.topicName(), failure);
    }

    /** Sends what waits, for 2 s at most. */
    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
