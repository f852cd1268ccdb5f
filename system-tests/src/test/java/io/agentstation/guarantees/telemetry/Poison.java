package io.agentstation.guarantees.telemetry;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records that are no reports, of every kind, in turn. */
final class Poison implements AutoCloseable {

    /** Where it is put. */
    static final List<Topic> TOPICS = List.of(Topic.HEARTBEATS, Topic.METRICS);

    /** Where a record is. */
    record Place(TopicPartition partition, long offset) {}

    /** One kind: what is wrong with the record of an agent. */
    private interface Kind {

        ProducerRecord<byte[], byte[]> record(String topic, AgentId agent, int partitions);
    }

    private static final String NOT_ALLOWED = "{\"mode\":\"IDLE\",\"uptime_seconds\":-1,\"cpu_percent\":-1}";
    private static final String HEARTBEAT = "{\"mode\":\"IDLE\",\"uptime_seconds\":1}";
    private static final String METRICS =
            "{\"cpu_percent\":1,\"memory_mb\":1,\"requests_handled\":1,\"custom_metrics\":{}}";

    private static final List<Kind> KINDS = List.of(
            (topic, agent, partitions) -> record(topic, agent, partitions, bytes("{not json")),
            (topic, agent, partitions) -> record(topic, agent, partitions, bytes("null")),
            (topic, agent, partitions) -> record(topic, agent, partitions, new byte[] {(byte) 0xff, 0}),
            (topic, agent, partitions) -> record(topic, agent, partitions, null),
            (topic, agent, partitions) -> record(topic, agent, partitions, bytes(NOT_ALLOWED)),
            (topic, agent, partitions) -> new ProducerRecord<>(topic, 0, null, good(topic)),
            (topic, agent, partitions) -> new ProducerRecord<>(topic, 0, bytes("nobody"), good(topic)),
            (topic, agent, partitions) -> new ProducerRecord<>(
                    topic, (Partitions.of(agent, partitions) + 1) % partitions, bytes(agent.toString()), good(topic)));

    private final List<AgentId> agents;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    Poison(String bootstrapServers, List<AgentId> agents) {
        this.agents = agents;
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.ACKS_CONFIG, "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends one more. */
    void add(Topic topic) {
        String name = topic.topicName();
        int partitions = producer.partitionsFor(name).size();
        Kind kind = KINDS.get(sent.size() / TOPICS.size() % KINDS.size());
        AgentId agent = agents.get(sent.size() % agents.size());
        sent.add(producer.send(kind.record(name, agent, partitions)));
    }

    /** Returns when all are acknowledged. */
    void settle() throws ExecutionException, InterruptedException {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            RecordMetadata metadata = one.get();
            places.add(new Place(new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset()));
        }
        sent.clear();
    }

    /** Where the poison of a topic is. */
    List<Place> of(Topic topic) {
        return places.stream()
                .filter(place -> place.partition().topic().equals(topic.topicName()))
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, AgentId agent, int partitions, byte @org.jspecify.annotations.Nullable [] value) {
        return new ProducerRecord<>(topic, Partitions.of(agent, partitions), bytes(agent.toString()), value);
    }

    private static byte[] good(String topic) {
        return bytes(topic.equals(Topic.METRICS.topicName()) ? METRICS : HEARTBEAT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
