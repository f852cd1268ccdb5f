package io.agentstation.telemetry.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.session.StoreUnavailable;
import io.agentstation.telemetry.figures.WriterFigures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

class BatchWriterTest {

    private static final AgentId AGENT = AgentId.of("0190a5c0-0000-7000-8000-00000000abcd");
    private static final int OWN = Partitions.of(AGENT, 8);
    private static final ConsumerRecord<byte[], byte[]> GOOD =
            RecordDecoderTest.record(OWN, AGENT.toString(), Wire.write(new Heartbeat(HeartbeatMode.IDLE, 1)));
    private static final ConsumerRecord<byte[], byte[]> POISON = RecordDecoderTest.record(OWN, "nobody", new byte[0]);

    private final MockProducer<byte[], byte[]> deadLetters =
            new MockProducer<>(true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private final List<String> done = new ArrayList<>();

    @Test
    void theStepsAreWrittenOneAfterTheOtherAndThePoisonIsPutAsideLast() {
        BatchWriter<Heartbeat> writer = writer(batch -> List.of(
                batch.stream().map(record -> write("row")).toList(),
                batch.stream().map(record -> write("projection")).toList()));

        assertThat(writer.write(List.of(GOOD, POISON, GOOD))).isEqualTo(1);

        assertThat(done).containsExactly("row", "row", "projection", "projection");
        assertThat(deadLetters.history())
                .hasSize(1)
                .allSatisfy(letter -> assertThat(letter.topic()).isEqualTo("agent.heartbeats-dlt"));
    }

    @Test
    void aBatchThatCannotBeWrittenPutsNothingAside() {
        StoreUnavailable away = new StoreUnavailable("away", new IllegalStateException());
        BatchWriter<Heartbeat> writer =
                writer(batch -> List.of(List.of(Write.of("t", () -> CompletableFuture.failedStage(away)))));

        assertThatThrownBy(() -> writer.write(List.of(GOOD, POISON))).isSameAs(away);

        assertThat(deadLetters.history()).isEmpty();
    }

    @Test
    void aBatchWhosePoisonCannotBePutAsideIsNotDone() {
        deadLetters.close();
        BatchWriter<Heartbeat> writer = writer(batch -> List.of());

        assertThatThrownBy(() -> writer.write(List.of(POISON))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void whatIsNotWantedIsSkippedUnread() {
        BatchWriter<Heartbeat> writer = new BatchWriter<>(
                record -> record != POISON,
                RecordDecoder.of(Heartbeat.class, 8),
                batch -> List.of(batch.stream().map(record -> write("row")).toList()),
                new BoundedWrites(2, Duration.ofSeconds(1), new WriterFigures(new SimpleMeterRegistry())),
                new DeadLetters(Topic.HEARTBEATS, template()));

        assertThat(writer.write(List.of(POISON, GOOD))).isZero();

        assertThat(done).containsExactly("row");
        assertThat(deadLetters.history()).isEmpty();
    }

    private BatchWriter<Heartbeat> writer(Rows<Heartbeat> rows) {
        return new BatchWriter<>(
                record -> true,
                RecordDecoder.of(Heartbeat.class, 8),
                rows,
                new BoundedWrites(2, Duration.ofSeconds(1), new WriterFigures(new SimpleMeterRegistry())),
                new DeadLetters(Topic.HEARTBEATS, template()));
    }

    private KafkaTemplate<byte[], byte[]> template() {
        ProducerFactory<byte[], byte[]> factory = () -> deadLetters;
        return new KafkaTemplate<>(factory);
    }

    private Write write(String what) {
        return Write.of("t", () -> {
            done.add(what);
            return CompletableFuture.completedStage(null);
        });
    }
}
