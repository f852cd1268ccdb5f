package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Negative control: a detector as one writes it first. It knows when each agent was heard, and judges by its own clock, a
 * moment before it reads on. After a restart it learns from the beginning of the topic.
 */
public final class WallClockDetector {

    private static final Duration PERIOD = Duration.ofMillis(250);

    private record Heard(HeartbeatMode mode, long atMs) {

        boolean isOverdue(long nowMs) {
            long intervalMs = mode.interval().toMillis();
            return nowMs - atMs > intervalMs + Math.max(intervalMs / 4, 1_000);
        }
    }

    private final Map<AgentId, Heard> heard = new HashMap<>();
    private final Map<AgentId, Integer> accusations = new HashMap<>();
    private final Set<AgentId> silent = new HashSet<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String output;

    private WallClockDetector(String bootstrapServers, String clientId, String output) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.CLIENT_ID_CONFIG, clientId),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.output = output;
    }

    /** Arguments: bootstrap servers, client id, the topic for its verdicts. */
    public static void main(String[] arguments) {
        new WallClockDetector(arguments[0], arguments[1], arguments[2]).run();
    }

    private void run() {
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.HEARTBEATS.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        // Now: the first send would wait for it, during an outage until that is over, and nobody would be accused.
        producer.partitionsFor(output);
        while (true) {
            judge(System.currentTimeMillis());
            consumer.poll(PERIOD).forEach(this::hear);
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader(RecordHeaders.TYPE) == null) {
            AgentId agent = AgentId.of(new String(record.key(), StandardCharsets.UTF_8));
            heard.put(
                    agent, new Heard(Wire.read(record.value(), Heartbeat.class).mode(), record.timestamp()));
            silent.remove(agent);
        }
    }

    private void judge(long nowMs) {
        heard.forEach((agent, last) -> {
            if (last.isOverdue(nowMs) && silent.add(agent)) {
                accuse(agent, nowMs);
            }
        });
    }

    private void accuse(AgentId agent, long nowMs) {
        int sequence = accusations.merge(agent, 1, Integer::sum);
        LifecycleEvent event = new LifecycleEvent(
                LifecycleEvent.idOf(agent, sequence),
                agent,
                WorkspaceId.of("control"),
                "wall-clock",
                sequence,
                EventType.UNHEALTHY,
                AgentState.ACTIVE,
                AgentState.ACTIVE,
                Health.UNHEALTHY,
                null,
                "system",
                Instant.ofEpochMilli(nowMs),
                Map.of());
        byte[] key = agent.toString().getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(new ProducerRecord<>(output, key, Wire.write(event)));
    }
}
