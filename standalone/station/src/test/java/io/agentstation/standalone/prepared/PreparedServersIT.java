package io.agentstation.standalone.prepared;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedServersIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path prepared;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @BeforeAll
    static void prepare() throws IOException {
        Preparation.make(prepared);
    }

    @Test
    void holdNothingOfTheProcessesThatMadeThem() throws IOException {
        for (String server : List.of("cassandra", "kafka")) {
            try (Stream<Path> found = Files.list(prepared.resolve(server))) {
                assertThat(found.map(path -> path.getFileName().toString())).containsExactly("data");
            }
        }
    }

    @Test
    void aCopiedCassandraHasTheSchemaAndServes() throws IOException {
        Path directory = data.resolve("cassandra");
        servers().copyCassandra(directory);

        try (EmbeddedCassandra node = EmbeddedCassandra.start(directory)) {
            StoreSettings settings = StoreSettings.at(node.contactPoint());
            // Without the prepared one: all of them.
            assertThat(SchemaMigrations.apply(settings)).isEmpty();
            try (Store store = StoreSession.open(settings)) {
                assertThat(store.isReachable(Duration.ofSeconds(10))).isTrue();
            }
        }
    }

    @Test
    void copiedBrokersHaveTheTopicsAndAreClustersOfTheirOwn() throws Exception {
        String first = clusterOfACopy(data.resolve("one"));
        String second = clusterOfACopy(data.resolve("two"));

        assertThat(first).isNotEqualTo(second);
    }

    private static String clusterOfACopy(Path directory) throws Exception {
        servers().copyBroker(directory);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // Without the prepared one: all of them.
            assertThat(TopicCreation.run(broker.bootstrapServers())).isEmpty();
            takesARecordIn(Topic.COMMANDS.topicName(), broker);
            return admin.describeCluster().clusterId().get();
        }
    }

    private static void takesARecordIn(String topic, EmbeddedBroker broker) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            // The first record ever: a prepared topic is empty.
            assertThat(producer.send(new ProducerRecord<>(topic, 0, "key", "value"))
                            .get()
                            .offset())
                    .isZero();
        }
    }

    @Test
    void whatAnInterruptedCopyLeftIsMadeAnew() throws IOException {
        Path directory = data.resolve("cassandra");
        Path half = data.resolve("cassandra.next");
        Files.createDirectories(half.resolve("data/agent_station"));
        Files.writeString(half.resolve("data/agent_station/half"), "cut short");

        servers().copyCassandra(directory);

        assertThat(directory.resolve("data/system_schema")).isDirectory();
        assertThat(directory.resolve("data/agent_station/half")).doesNotExist();
        assertThat(half).doesNotExist();
    }

    @Test
    void aServerThatExistsIsLeftAlone() throws IOException {
        Path directory = Files.createDirectories(data.resolve("kafka"));
        Files.writeString(directory.resolve("mine"), "an earlier start's");

        servers().copyBroker(directory);

        try (Stream<Path> found = Files.list(directory)) {
            assertThat(found.map(path -> path.getFileName().toString())).containsExactly("mine");
        }
    }

    @Test
    void withoutPreparedServersNothingIsMade() throws IOException {
        new PreparedServers(Optional.empty()).copyBroker(data.resolve("kafka"));
        new PreparedServers(Optional.of(data.resolve("nowhere"))).copyCassandra(data.resolve("cassandra"));

        assertThat(data).isEmptyDirectory();
    }

    private static PreparedServers servers() {
        return new PreparedServers(Optional.of(prepared));
    }
}
