package io.agentstation.benchmarks.telemetry;

import io.agentstation.contracts.ids.AgentId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Appends reports as gateways do: each agent once, then each again. */
final class Load implements AutoCloseable {

    private static final long FIRST_MS = 1_700_000_000_000L;
    private static final long SCATTER = 0x9e3779b97f4a7c15L;
    private static final Duration STEP = Duration.ofMillis(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final byte[][] keys;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long number;

    Load(String bootstrapServers, int agents) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        128 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.keys = new byte[agents][];
        for (int i = 0; i < agents; i++) {
            keys[i] = agent(i).toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** An id of version 7 whose low bits have no pattern. */
    static AgentId agent(int number) {
        long scattered = (number + 1) * SCATTER;
        long high = (FIRST_MS + number) << 16 | 0x7000 | (scattered & 0xfff);
        return new AgentId(new UUID(high, 1L << 63 | scattered >>> 2));
    }

    /** As fast as it goes. */
    void burst(Kind kind, int reports) {
        for (int i = 0; i < reports; i++) {
            send(kind);
        }
        flush();
    }

    /** So many a second until told to end; returns how many that were. */
    long pace(Kind kind, double perSecond, BooleanSupplier ended) {
        long from = System.nanoTime();
        long sent = 0;
        while (!ended.getAsBoolean()) {
            double due = (System.nanoTime() - from) / 1e9 * perSecond;
            for (; sent < due; sent++) {
                send(kind);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        flush();
        return sent;
    }

    /** One report of an agent of its own; completes with its acknowledgement, which says its place and time in the log. */
    CompletableFuture<RecordMetadata> one(Kind kind, AgentId agent, long count) {
        CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
        byte[] key = agent.toString().getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(
                new ProducerRecord<>(kind.topic().topicName(), key, kind.message(count)), (metadata, refused) -> {
                    if (refused == null) {
                        acknowledged.complete(metadata);
                    } else {
                        acknowledged.completeExceptionally(refused);
                    }
                });
        return acknowledged;
    }

    private void send(Kind kind) {
        byte[] key = keys[(int) (number % keys.length)];
        var unused = producer.send(
                new ProducerRecord<>(kind.topic().topicName(), key, kind.message(number++)), (metadata, refused) -> {
                    if (refused != null) {
                        failure.compareAndSet(null, refused);
                    }
                });
    }

    private void flush() {
        producer.flush();
        Exception refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("the broker refused a report of the benchmark", refused);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
