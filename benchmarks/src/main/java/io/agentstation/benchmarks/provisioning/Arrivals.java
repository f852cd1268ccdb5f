package io.agentstation.benchmarks.provisioning;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** When records of a topic come, from its end on: of each that is told apart, the first time. */
final class Arrivals implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long POLL_NANOS = 5_000_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Function<byte[], Optional<String>> keyOf;
    private final Map<String, Long> firstNanos = new ConcurrentHashMap<>();
    private final Thread reader;

    /** Twenty fetches a second at most, so that the reading takes little from what is measured; each is 50 ms late at most. */
    static final Map<String, Object> MANY_AT_ONCE = Map.of("fetch.min.bytes", 1 << 20, "fetch.max.wait.ms", 50);

    /** Each as soon as it is there. */
    static final Map<String, Object> AT_ONCE = Map.of();

    /** @param keyOf what a record is waited for by; empty: by nothing */
    Arrivals(
            String bootstrapServers,
            String topic,
            Map<String, Object> fetches,
            Function<byte[], Optional<String>> keyOf) {
        Map<String, Object> settings = new HashMap<>(fetches);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("isolation.level", "read_committed");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.keyOf = keyOf;
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        // Where the end is, is asked now and not at the first poll.
        all.forEach(consumer::position);
        this.reader = new Thread(this::readOn, "arrivals-of-" + topic);
        reader.start();
    }

    private void readOn() {
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> received : consumer.poll(Duration.ofMillis(100))) {
                    long now = System.nanoTime();
                    keyOf.apply(received.value()).ifPresent(key -> firstNanos.putIfAbsent(key, now));
                }
            }
        } catch (WakeupException told) {
            consumer.close();
        }
    }

    /** Returns when all have come. */
    void await(Collection<String> keys) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!firstNanos.keySet().containsAll(keys)) {
            if (System.nanoTime() > giveUp) {
                long missing = keys.stream()
                        .filter(key -> !firstNanos.containsKey(key))
                        .count();
                throw new IllegalStateException(missing + " of " + keys.size() + " did not come within " + PATIENCE);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** When it came, by {@link System#nanoTime()}. */
    long nanosOf(String key) {
        Long nanos = firstNanos.get(key);
        if (nanos == null) {
            throw new IllegalStateException(key + " has not come");
        }
        return nanos;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
