package io.agentstation.telemetry.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionCountTest {

    @Test
    void oneNumberForEveryTopicIsTheCount() {
        assertThat(PartitionCount.of(Map.of("agent.heartbeats", 8, "agent.lifecycle", 8)))
                .isEqualTo(new PartitionCount(8));
    }

    @Test
    void twoNumbersAreFatal() {
        assertThatThrownBy(() -> PartitionCount.of(Map.of("agent.heartbeats", 8, "agent.lifecycle", 64)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("agent.heartbeats=8")
                .hasMessageContaining("agent.lifecycle=64");
    }
}
