package io.agentstation.store.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.store.fixtures.TestIds;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatestReportsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16, 32, 64})
    void aReaderOfOnePartitionTouchesNoMoreThanItsShareOfTheBuckets(int partitions) {
        Stream<AgentId> ofOnePartition = IntStream.range(0, 5_000)
                .mapToObj(i -> TestIds.agent())
                .filter(agent -> Partitions.of(agent, partitions) == 0);

        assertThat(ofOnePartition.map(LatestReports::bucket).distinct().toList())
                .hasSizeLessThanOrEqualTo(LatestReports.BUCKETS / partitions)
                .allMatch(bucket -> bucket % partitions == 0);
    }
}
