package io.agentstation.gateway.heartbeats;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.kafka.TopicProducer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The one queue into {@code agent.heartbeats}: heartbeats, this gateway's probes and its ticks share it, so that a tick is
 * never in the log before a heartbeat that was taken earlier.
 */
public final class HeartbeatQueue implements AutoCloseable {

    private static final byte[] PROBE = Wire.write(new Heartbeat(HeartbeatMode.EMERGENCY, 0));

    private final TopicProducer producer;
    private final int partitionCount;
    private final AtomicInteger probes = new AtomicInteger();

    /** The queue in front of this producer, which it closes. */
    public HeartbeatQueue(TopicProducer producer, int partitionCount) {
        this.producer = producer;
        this.partitionCount = partitionCount;
    }

    /** Appends an agent's heartbeat. */
    CompletableFuture<RecordMetadata> append(AgentId agent, Heartbeat heartbeat) {
        return producer.send(agent, Wire.write(heartbeat));
    }

    /** Appends a probe, to each partition in turn. */
    CompletableFuture<RecordMetadata> appendProbe() {
        int partition = Math.floorMod(probes.getAndIncrement(), partitionCount);
        return producer.send(partition, PROBE, typed(RecordHeaders.TYPE_PROBE));
    }

    /** Appends a tick to its partition; {@code code} proves that it is this station's. */
    public CompletableFuture<RecordMetadata> append(Tick tick, byte[] value, byte[] code) {
        Headers headers = typed(RecordHeaders.TYPE_TICK).add(new RecordHeader(RecordHeaders.HMAC, code));
        return producer.send(tick.partition(), value, headers);
    }

    /** How many partitions need ticks. */
    public int partitionCount() {
        return partitionCount;
    }

    private static Headers typed(String type) {
        return new org.apache.kafka.common.header.internals.RecordHeaders()
                .add(RecordHeaders.TYPE, type.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close();
    }
}
