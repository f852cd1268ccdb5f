package io.agentstation.benchmarks.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void aMillionAgentsGetMoreHeartbeatsAndMoreHeap() {
        assertThat(Plan.parse()).isEqualTo(new Plan(100_000, 3, 6_000_000));
        assertThat(Plan.parse("2000000", "5")).isEqualTo(new Plan(2_000_000, 5, 12_000_000));
        assertThat(Plan.parse("1000000").heapMegabytes()).isGreaterThan(3_000);
    }

    @Test
    void fewerHeartbeatsThanAgentsAreRefused() {
        assertThatThrownBy(() -> Plan.parse("1000", "1", "999"))
                .hasMessageContaining("agents 1000, rounds 1, heartbeats 999");
    }

    @Test
    void everyAgentHasItsTurnBeforeAnyHasItAgain() {
        Fleet fleet = new Fleet(1_000);

        assertThat(IntStream.range(0, 1_000).map(fleet::turn)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(fleet.turn(1_000)).isEqualTo(fleet.turn(0));
        assertThat(Fleet.id(7).value().version()).isEqualTo(7);
        assertThat(Fleet.id(7).value().variant()).isEqualTo(2);
    }

    @Test
    void aTaskSurvivesTheCommandLine() {
        SideTask task = new SideTask(Side.TEXTBOOK, "127.0.0.1:1", 2, Path.of("here"), 3);

        assertThat(SideTask.parse(task.arguments().toArray(String[]::new))).isEqualTo(task);
    }
}
