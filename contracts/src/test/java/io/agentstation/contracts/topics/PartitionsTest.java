package io.agentstation.contracts.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionsTest {

    // The vectors of Kafka's own UtilsTest.
    @ParameterizedTest
    @CsvSource({
        "21, -973932308",
        "foobar, -790332482",
        "a-little-bit-long-string, -985981536",
        "a-little-bit-longer-string, -1486304829",
        "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971",
        "abc, 479470107"
    })
    void theHashIsKafkas(String key, int hash) {
        assertThat(Partitions.murmur2(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(hash);
    }

    @Test
    void agentsAreSpreadEvenlyAndStay() {
        Random random = new Random(20_261_122);
        int[] counts = new int[8];
        for (int i = 0; i < 8_000; i++) {
            AgentId agent = new AgentId(new UUID(random.nextLong(), random.nextLong()));
            counts[Partitions.of(agent, 8)]++;
            assertThat(Partitions.of(agent, 8)).isEqualTo(Partitions.of(AgentId.of(agent.toString()), 8));
        }

        assertThat(java.util.Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(800, 1_200));
    }
}
