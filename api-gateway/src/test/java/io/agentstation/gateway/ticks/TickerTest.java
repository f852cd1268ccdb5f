package io.agentstation.gateway.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.heartbeats.HeartbeatQueue;
import io.agentstation.gateway.kafka.FakeProducers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

/** When a gateway may vouch for its ingest path; each condition is a control of its own. */
final class TickerTest {

    private static final int PARTITIONS = 3;

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final MockProducer<byte[], byte[]> kafka = FakeProducers.acknowledging(Topic.HEARTBEATS, PARTITIONS);
    private final TickGate gate = new TickGate(() -> 0L);
    private final IngestProof proof = new IngestProof(nanoTime::get);
    private final Ticker ticker = new Ticker(
            new HeartbeatQueue(FakeProducers.topic(Topic.HEARTBEATS, kafka, 100), PARTITIONS),
            StationKey.parse(StationKey.format(new byte[StationKey.LENGTH])),
            gate,
            proof);

    private List<Tick> ticks() {
        return kafka.history().stream()
                .map(record -> Wire.read(record.value(), Tick.class))
                .toList();
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    @Test
    void anAcknowledgedProbeLetsTicksThroughToEveryPartition() {
        // Given
        gate.open();
        proof.probeAcknowledged();

        // When
        ticker.tick();
        ticker.tick();

        // Then
        assertThat(ticks()).extracting(Tick::partition).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(ticks()).extracting(Tick::sequence).containsExactly(1L, 1L, 1L, 2L, 2L, 2L);
        assertThat(kafka.history()).extracting(record -> record.partition()).containsExactly(0, 1, 2, 0, 1, 2);
    }

    @Test
    void withoutAnOpenGateThereIsNoTick() {
        // Given
        proof.probeAcknowledged();

        // When
        ticker.tick();

        // Then
        assertThat(ticks()).isEmpty();
    }

    @Test
    void withoutAnAcknowledgedProbeThereIsNoTick() {
        // Given
        gate.open();

        // When
        ticker.tick();

        // Then
        assertThat(ticks()).isEmpty();
    }

    @Test
    void aProbeCountsForHalfASecond() {
        // Given
        gate.open();
        proof.probeAcknowledged();

        // When
        pass(Duration.ofMillis(499));
        ticker.tick();
        pass(Duration.ofMillis(1));
        ticker.tick();

        // Then
        assertThat(ticks()).hasSize(PARTITIONS);
    }

    @Test
    void aRefusedHeartbeatStopsTicksForASecond() {
        // Given
        gate.open();
        proof.heartbeatRefused();
        proof.probeAcknowledged();

        // When
        ticker.tick();
        assertThat(ticks()).isEmpty();
        pass(Duration.ofSeconds(1));
        proof.probeAcknowledged();
        ticker.tick();

        // Then
        assertThat(ticks()).hasSize(PARTITIONS);
    }

    @Test
    void aShutGateStaysShutAndGoodbyeIsTheLast() {
        // Given
        gate.open();
        proof.probeAcknowledged();
        ticker.tick();

        // When
        gate.shut();
        gate.open();
        ticker.tick();
        ticker.goodbye();

        // Then
        assertThat(ticks()).hasSize(2 * PARTITIONS);
        assertThat(ticks().subList(PARTITIONS, 2 * PARTITIONS))
                .extracting(Tick::kind)
                .containsOnly(Tick.Kind.GOODBYE);
    }

    @Test
    void whoNeverTickedSaysNoGoodbye() {
        // When
        ticker.goodbye();

        // Then
        assertThat(ticks()).isEmpty();
    }
}
