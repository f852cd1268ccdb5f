package io.agentstation.provisioner.observations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.provisioner.testing.NoBroker;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KafkaObservationsTest {

    @Test
    void aBrokerThatIsAwayIsAPassingFailure() throws Exception {
        Observation observation = new Observation.NoChange(
                AgentId.of("0190a5c0-0000-7000-8000-000000000001"),
                new CommandId(UUID.randomUUID()),
                Operation.SCALE,
                "none");
        try (NoBroker away = new NoBroker()) {
            KafkaObservations observations = new KafkaObservations(away.template(), Duration.ofSeconds(10));

            assertThatThrownBy(() -> observations.publish(observation)).isInstanceOf(ObservationsUnavailable.class);
        }
    }
}
