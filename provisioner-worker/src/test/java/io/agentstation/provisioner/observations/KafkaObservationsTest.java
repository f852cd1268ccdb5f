package io.agentstation.provisioner.observations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.observations.Observation;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

class KafkaObservationsTest {

    @Test
    void aTopicWhoseMetadataCannotBeHadIsAPassingFailure() throws Exception {
        Observation observation = new Observation.NoChange(
                AgentId.of("0190a5c0-0000-7000-8000-000000000001"),
                new CommandId(UUID.randomUUID()),
                Operation.SCALE,
                "none");
        DefaultKafkaProducerFactory<String, byte[]> producers = new DefaultKafkaProducerFactory<>(
                Map.of("bootstrap.servers", nobody(), "max.block.ms", 50),
                new StringSerializer(),
                new ByteArraySerializer());
        try {
            KafkaObservations observations =
                    new KafkaObservations(new KafkaTemplate<>(producers), Duration.ofSeconds(10));

            // The template throws its own exception here, which is none of Kafka's.
            assertThatThrownBy(() -> observations.publish(observation)).isInstanceOf(ObservationsUnavailable.class);
        } finally {
            producers.destroy();
        }
    }

    private static String nobody() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            return "127.0.0.1:" + taken.getLocalPort();
        }
    }
}
