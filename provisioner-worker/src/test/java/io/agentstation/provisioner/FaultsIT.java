package io.agentstation.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.observations.Observation.Applied;
import io.agentstation.contracts.observations.Observation.Failed;
import io.agentstation.contracts.observations.Observation.Removed;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.provisioner.testing.TestStation;
import io.agentstation.store.names.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsIT {

    private static final Map<String, Object> QUICK_RETRIES =
            Map.of("station.provisioner.retry.first", "200ms", "station.provisioner.retry.longest", "1s");

    @TempDir
    private Path directory;

    private TestStation station;

    @BeforeEach
    void start() throws IOException {
        station = new TestStation(directory);
    }

    @AfterEach
    void stop() {
        station.close();
    }

    @Test
    void aClusterThatIsAwayStopsNobodyAndConvergesWhenItIsBack() {
        station.startWorker(QUICK_RETRIES);
        AgentCommand before = Samples.provision(Samples.fresh(), "before");
        station.send(before);
        station.await(before, Applied.class);

        station.stopCluster();
        AgentCommand during = Samples.provision(Samples.fresh(), "during");
        AgentCommand deleted = Samples.deprovision(before.agentId());
        station.send(during);
        station.send(deleted);
        assertThat(station.await(during, Failed.class).retrying()).isTrue();
        assertThat(station.await(deleted, Failed.class).reason()).contains("does not answer");
        assertThat(new Names(station.store).owner("before")).contains(before.agentId());
        station.startCluster();

        station.await(during, Applied.class);
        station.await(deleted, Removed.class);
        assertThat(station.objectsOf(during.agentId())).isNotEmpty();
        assertThat(station.objectsOf(before.agentId())).isEmpty();
        assertThat(new Names(station.store).owner("before")).isEmpty();
    }

    @Test
    void whatAWorkerCouldNotFinishTheNextOneDoes() {
        station.stopCluster();
        var first = station.startWorker(QUICK_RETRIES);
        AgentCommand provision = Samples.provision(Samples.fresh(), "left-over");
        station.send(provision);
        station.await(provision, Failed.class);
        first.close();
        station.startCluster();

        station.startWorker(QUICK_RETRIES);

        station.await(provision, Applied.class);
        assertThat(station.objectsOf(provision.agentId())).isNotEmpty();
    }

    @Test
    void poisonGoesToTheDeadLetterTopicWithItsReasonAndTheNextCommandWorks() {
        station.startWorker(QUICK_RETRIES);
        AgentCommand good = Samples.provision(Samples.fresh(), "after-poison");
        String key = good.agentId().toString();
        station.sendRaw(key, null, "{\"type\":\"agent.nonsense.v9\"}".getBytes(StandardCharsets.UTF_8));
        station.sendRaw(key, null, "not json".getBytes(StandardCharsets.UTF_8));
        station.sendRaw(key, null, null);
        station.sendRaw(Samples.fresh().toString(), null, Wire.write(good));
        station.send(good);

        station.await(good, Applied.class);

        List<ConsumerRecord<String, byte[]>> dead = deadLetters(4);
        assertThat(dead)
                .hasSize(4)
                .allSatisfy(letter -> assertThat(letter.headers().lastHeader(RecordHeaders.REASON))
                        .isNotNull()
                        .satisfies(reason -> assertThat(new String(reason.value(), StandardCharsets.UTF_8))
                                .startsWith("MalformedMessage")));
    }

    @Test
    void aCommandInAForeignPartitionIsPoison() {
        station.startWorker(QUICK_RETRIES);
        AgentCommand lost = Samples.provision(Samples.fresh(), "lost");
        int home = io.agentstation.contracts.topics.Partitions.of(lost.agentId(), TestStation.PARTITIONS);
        station.sendRaw(lost.agentId().toString(), (home + 1) % TestStation.PARTITIONS, Wire.write(lost));

        List<ConsumerRecord<String, byte[]>> dead = deadLetters(1);

        assertThat(dead)
                .singleElement()
                .satisfies(letter -> assertThat(new String(
                                letter.headers()
                                        .lastHeader(RecordHeaders.REASON)
                                        .value(),
                                StandardCharsets.UTF_8))
                        .contains("foreign partition"));
        assertThat(station.outcomes(lost.commandId())).isEmpty();
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters(int expected) {
        List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", station.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(Topic.COMMANDS.deadLetterName()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
                return letters.size() >= expected;
            });
        }
        return letters;
    }
}
