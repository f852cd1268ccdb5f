package io.agentstation.telemetry.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.telemetry.streams.StoreKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AvailabilityTopologyTest {

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    void theTopologyIsAsItWasDecided(StoreKind stores) throws IOException {
        Topology topology = new Topology();
        AvailabilityTopology.add(
                topology,
                AvailabilityHarness.KEY,
                4,
                HeartbeatPromise.documented(),
                Duration.ofMinutes(1),
                stores,
                new AvailabilityFigures(new SimpleMeterRegistry()));

        try (var golden = Objects.requireNonNull(getClass().getResourceAsStream("/topology/availability.txt"))) {
            assertThat(topology.describe().toString().strip())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }
}
