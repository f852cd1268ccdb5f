package io.agentstation.gateway.ticks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

final class TicksIT {

    private final String broker = Station.broker();

    private List<ConsumerRecord<byte[], byte[]>> records(String type) {
        return OtherServices.records(broker, Topic.HEARTBEATS).stream()
                .filter(record -> type.equals(header(record, RecordHeaders.TYPE)))
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Test
    void ticksWaitForTheGateAndEndWithAGoodbye() {
        // Given a gateway whose gate is held
        Map<String, Object> properties = Station.properties(broker);
        properties.put("station.gateway.tick-at-start", false);
        ConfigurableApplicationContext gateway = ApiGateway.start(properties);
        IngestProof proof = gateway.getBean(IngestProof.class);
        await().until(proof::holds);
        assertThat(records(RecordHeaders.TYPE_TICK)).isEmpty();

        // When it is opened, and later the gateway stops
        gateway.getBean(TickGate.class).open();
        await().until(() -> records(RecordHeaders.TYPE_TICK).size() >= 3 * Station.PARTITIONS);
        gateway.close();

        // Then every partition has ticks of one gateway with rising sequences, and a goodbye at the end
        List<ConsumerRecord<byte[], byte[]>> ticks = records(RecordHeaders.TYPE_TICK);
        Map<Integer, List<Tick>> byPartition = ticks.stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::partition,
                        Collectors.mapping(record -> Wire.read(record.value(), Tick.class), Collectors.toList())));
        assertThat(byPartition).hasSize(Station.PARTITIONS);
        byPartition.forEach((partition, sequence) -> {
            assertThat(sequence).extracting(Tick::partition).containsOnly(partition);
            assertThat(sequence).extracting(Tick::sequence).isSorted().doesNotHaveDuplicates();
            assertThat(sequence).last().extracting(Tick::kind).isEqualTo(Tick.Kind.GOODBYE);
            assertThat(sequence)
                    .extracting(Tick::gatewayId)
                    .doesNotContain("")
                    .hasSameElementsAs(List.of(sequence.get(0).gatewayId()));
        });
        assertThat(ticks).allSatisfy(record -> {
            assertThat(record.key()).isNull();
            assertThat(Station.key()
                            .verify(
                                    "tick",
                                    record.value(),
                                    record.headers()
                                            .lastHeader(RecordHeaders.HMAC)
                                            .value()))
                    .isTrue();
        });
        assertThat(records(RecordHeaders.TYPE_PROBE))
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.key()).isNull());
    }

    @Test
    void aHeartbeatThatIsRefusedStopsTheTicks() {
        // Given a gateway that ticks
        ConfigurableApplicationContext gateway = ApiGateway.start(Station.properties(broker));
        IngestProof proof = gateway.getBean(IngestProof.class);
        await().until(proof::holds);

        // When it refuses heartbeats
        proof.heartbeatRefused();

        // Then the proof fails for a second, and then holds again
        assertThat(proof.holds()).isFalse();
        await().atMost(Duration.ofSeconds(5)).until(proof::holds);
        gateway.close();
    }
}
