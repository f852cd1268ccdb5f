package io.agentstation.provisioner.testing;

import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads {@code agent.observations} from the beginning, on a thread of its own. */
final class ObservationLog implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Observation> read = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::readOn, "observation-log");

    ObservationLog(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = consumer.partitionsFor(Topic.OBSERVATIONS.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        reader.start();
    }

    List<Observation> all() {
        return List.copyOf(read);
    }

    List<Observation> of(CommandId command) {
        return read.stream()
                .filter(said -> commandOf(said).filter(command::equals).isPresent())
                .toList();
    }

    private void readOn() {
        try {
            while (true) {
                for (ConsumerRecord<String, byte[]> received : consumer.poll(Duration.ofMillis(100))) {
                    read.add(Wire.read(received.value(), Observation.class));
                }
            }
        } catch (WakeupException told) {
            consumer.close();
        }
    }

    private static Optional<CommandId> commandOf(Observation said) {
        return said.match(new Observation.Cases<Optional<CommandId>>(
                applied -> Optional.of(applied.commandId()),
                noChange -> Optional.of(noChange.commandId()),
                rejected -> Optional.of(rejected.commandId()),
                failed -> Optional.of(failed.commandId()),
                removed -> Optional.of(removed.commandId()),
                completed -> Optional.empty(),
                status -> Optional.empty()));
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
