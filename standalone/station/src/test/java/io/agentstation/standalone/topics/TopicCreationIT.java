package io.agentstation.standalone.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(OrderAnnotation.class)
class TopicCreationIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    @Order(1)
    void makesEachTopicWithEightPartitionsAndBrokerTimeAndMakesNothingTwice() throws Exception {
        assertThat(TopicCreation.run(broker.bootstrapServers())).hasSize(2 * Topic.values().length);
        everyPartitionTakesBatchesOfAnIdempotentProducerAtOnce();
        assertThat(TopicCreation.run(broker.bootstrapServers())).isEmpty();

        try (Admin admin = admin()) {
            for (Topic topic : Topic.values()) {
                assertThat(partitions(admin, topic.topicName())).isEqualTo(8);
                assertThat(timestampType(admin, topic.topicName())).isEqualTo("LogAppendTime");
                assertThat(timestampType(admin, topic.deadLetterName())).isEqualTo("LogAppendTime");
            }
        }
    }

    @Test
    @Order(2)
    void refusesTopicsOfDifferentSizes() throws Exception {
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(Topic.METRICS.topicName(), NewPartitions.increaseTo(9)))
                    .all()
                    .get();
            await().untilAsserted(() ->
                    assertThat(partitions(admin, Topic.METRICS.topicName())).isEqualTo(9));
        }

        assertThatThrownBy(() -> TopicCreation.run(broker.bootstrapServers())).hasMessageContaining("agent.metrics=9");
    }

    private static void everyPartitionTakesBatchesOfAnIdempotentProducerAtOnce() throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "delivery.timeout.ms",
                10_000,
                "request.timeout.ms",
                5_000);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (Topic topic : Topic.values()) {
                for (int batch = 0; batch < 16; batch++) {
                    sent.add(producer.send(new ProducerRecord<>(topic.topicName(), batch % 8, "key", "value")));
                }
            }
            producer.flush();
        }
        for (Future<RecordMetadata> each : sent) {
            assertThat(each.get().hasOffset()).isTrue();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                .mapToInt(found -> found.partitions().size())
                .sum();
    }

    private static String timestampType(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().values().stream()
                .map(configuration ->
                        configuration.get("message.timestamp.type").value())
                .findFirst()
                .orElseThrow();
    }
}
