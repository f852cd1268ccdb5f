package io.agentstation.liveness.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Partitions;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** The contracts compute partitions without Kafka; they must be the ones that Kafka's own producer picks. */
class PartitionsMatchKafkaTest {

    @Test
    void partitionsAreThoseOfKafkasDefaultPartitioner() {
        Random random = new Random(20_261_122);
        for (int i = 0; i < 10_000; i++) {
            AgentId agent = new AgentId(new UUID(random.nextLong(), random.nextLong()));
            byte[] key = agent.toString().getBytes(StandardCharsets.UTF_8);
            int partitions = 1 + random.nextInt(128);

            assertThat(Partitions.of(agent, partitions)).isEqualTo(Utils.toPositive(Utils.murmur2(key)) % partitions);
        }
    }
}
