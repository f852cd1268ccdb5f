package io.agentstation.benchmarks.liveness;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Appends what gateways and the provisioner would. Not thread-safe. */
final class Appender implements AutoCloseable {

    private static final StationKey KEY = StationKey.parse(keyText());
    private static final String GATEWAY = "benchmark";
    private static final byte[] TYPE_TICK = RecordHeaders.TYPE_TICK.getBytes(StandardCharsets.UTF_8);
    private static final byte[][] HEARTBEATS = IntStream.range(0, 64)
            .mapToObj(i -> Wire.write(new Heartbeat(HeartbeatMode.IDLE, 43_200.25 + 30 * i)))
            .toArray(byte[][]::new);
    // Fine enough that each commit finds heartbeats, as it does when they come by themselves.
    private static final Duration STEP = Duration.ofMillis(10);
    private static final int STEPS_PER_TICK = 25;
    private static final int STEPS_PER_INTERVAL = 3_000;

    private final Fleet fleet;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long heartbeats;
    private long ticks;

    Appender(String bootstrapServers, Fleet fleet, int partitions) {
        this.fleet = fleet;
        this.partitions = partitions;
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The text of the station key that signs the ticks. */
    static String keyText() {
        return StationKey.format(new byte[StationKey.LENGTH]);
    }

    /** Appends one message about every agent. */
    void appendAll(Topic topic, IntFunction<Object> message) {
        for (int agent = 0; agent < fleet.size(); agent++) {
            send(new ProducerRecord<>(topic.topicName(), fleet.key(agent), Wire.write(message.apply(agent))));
        }
        finish();
    }

    /** Appends heartbeats as fast as it goes, with a tick in each partition now and then. */
    void burst(int count) {
        for (int i = 0; i < count; i++) {
            if (i % Plan.HEARTBEATS_PER_TICK == 0) {
                tick();
            }
            heartbeat();
        }
        finish();
    }

    /** How many heartbeats the fleet sends in this time. */
    int paced(Duration time) {
        return (int) (time.toMillis() / STEP.toMillis() * fleet.size() / STEPS_PER_INTERVAL);
    }

    /** Appends heartbeats for so long as the fleet would, and a tick in each partition every 250 ms. */
    void pace(Duration time) {
        long from = System.nanoTime();
        long first = heartbeats;
        for (int step = 0; step < time.toMillis() / STEP.toMillis(); step++) {
            if (step % STEPS_PER_TICK == 0) {
                tick();
            }
            while (heartbeats - first < (step + 1L) * fleet.size() / STEPS_PER_INTERVAL) {
                heartbeat();
            }
            LockSupport.parkNanos(from + (step + 1) * STEP.toNanos() - System.nanoTime());
        }
        finish();
    }

    private void heartbeat() {
        byte[] value = HEARTBEATS[(int) (heartbeats % HEARTBEATS.length)];
        send(new ProducerRecord<>(Topic.HEARTBEATS.topicName(), fleet.key(fleet.turn(heartbeats++)), value));
    }

    private void tick() {
        ticks++;
        for (int partition = 0; partition < partitions; partition++) {
            byte[] value = Wire.write(new Tick(GATEWAY, partition, ticks, Tick.Kind.TICK));
            ProducerRecord<byte[], byte[]> tick =
                    new ProducerRecord<>(Topic.HEARTBEATS.topicName(), partition, null, value);
            tick.headers()
                    .add(RecordHeaders.TYPE, TYPE_TICK)
                    .add(RecordHeaders.HMAC, KEY.mac(RecordHeaders.TYPE_TICK, value));
            send(tick);
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record, (metadata, refused) -> {
            if (refused != null) {
                failure.compareAndSet(null, refused);
            }
        });
    }

    private void finish() {
        producer.flush();
        Exception refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("the broker refused a record of the benchmark", refused);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
