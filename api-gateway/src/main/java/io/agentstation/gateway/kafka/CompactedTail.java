package io.agentstation.gateway.kafka;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** The newest message of every key of a compacted topic, from its beginning on, in memory. Thread-safe. */
public final class CompactedTail<T> implements InitializingBean, DisposableBean {

    private static final Duration READY_WITHIN = Duration.ofSeconds(10);
    private static final long NOTHING = -1;

    private record Waiter(int partition, long offset, CompletableFuture<Boolean> hasRead) {}

    private final Class<T> type;
    private final Map<String, T> newest = new ConcurrentHashMap<>();
    private final Map<Integer, Long> readUpTo = new ConcurrentHashMap<>();
    private final List<Waiter> waiters = new CopyOnWriteArrayList<>();
    private final TopicTail tail;

    /** A tail that begins with the context; {@code consumer} says where Kafka is. */
    public CompactedTail(Topic topic, Class<T> type, Map<String, Object> consumer) {
        this.type = type;
        this.tail = new TopicTail(topic, TopicTail.From.BEGINNING, consumer, this::read, () -> {});
    }

    /** The newest message of the key. */
    public Optional<T> newest(String key) {
        return Optional.ofNullable(newest.get(key));
    }

    /** Whether everything is known that was in the topic when this began. */
    public boolean isCaughtUp() {
        return tail.isReady();
    }

    /** True as soon as the record at this place is among what is known, false when it is not in time. */
    public CompletableFuture<Boolean> hasRead(RecordMetadata place, Duration within) {
        Waiter waiter = new Waiter(place.partition(), place.offset(), new CompletableFuture<>());
        // Listed before it looks: a record that is read in between is not missed.
        waiters.add(waiter);
        tell(place.partition());
        return waiter.hasRead
                .completeOnTimeout(false, within.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((read, failure) -> waiters.remove(waiter));
    }

    void read(ConsumerRecord<byte[], byte[]> record) {
        // After a failure the topic is read from its beginning again: what is older than what is known changes nothing.
        if (record.offset() <= readUpTo.getOrDefault(record.partition(), NOTHING)) {
            return;
        }
        try {
            take(new String(record.key(), StandardCharsets.UTF_8), record.value());
        } finally {
            readUpTo.put(record.partition(), record.offset());
            tell(record.partition());
        }
    }

    private void take(String key, byte @org.jspecify.annotations.Nullable [] value) {
        if (value == null) {
            newest.remove(key);
        } else {
            newest.put(key, Wire.read(value, type));
        }
    }

    private void tell(int partition) {
        long read = readUpTo.getOrDefault(partition, NOTHING);
        waiters.stream()
                .filter(waiter -> waiter.partition == partition && waiter.offset <= read)
                .forEach(waiter -> waiter.hasRead.complete(true));
    }

    @Override
    public void afterPropertiesSet() throws InterruptedException {
        tail.start(READY_WITHIN);
    }

    @Override
    public void destroy() throws InterruptedException {
        tail.close();
    }
}
