package io.agentstation.liveness.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.liveness.detection.Story;
import io.agentstation.liveness.silence.LivenessSettings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent is owed what its newest heartbeat's mode allows, through the real topology with real records. */
class ModeChangesTest {

    private static final long T = 1_800_000_000_000L;
    private static final long TICK = 250;
    private static final Story STORY = Story.of(1);
    private static final LivenessSettings SETTINGS = LivenessSettings.defaults();

    @ParameterizedTest
    @MethodSource("allPairs")
    void theDeadlineFollowsTheNewestMode(HeartbeatMode before, HeartbeatMode after) {
        long changed = T + 4 * TICK;
        long deadline = changed + SETTINGS.intervalMs(after) + SETTINGS.graceMs(after);
        try (TopologyHarness harness = new TopologyHarness(1)) {
            harness.ticks(T - 20 * TICK, T);
            harness.active(STORY, before, T);
            harness.ticks(T + TICK, changed);
            harness.beat(STORY, after, changed);

            harness.ticks(changed + TICK, deadline);
            List<EventType> untilTheDeadline = harness.types();
            harness.ticks(deadline + 1, deadline + 1);
            List<LifecycleEvent> afterIt = harness.events();

            assertThat(untilTheDeadline).containsExactly(EventType.CREATED, EventType.PROVISIONED, EventType.ACTIVATED);
            assertThat(afterIt).hasSize(1);
            assertThat(afterIt.get(0).event()).isEqualTo(EventType.UNHEALTHY);
            assertThat(afterIt.get(0).metadata()).containsEntry("mode", after.name());
        }
    }

    static Stream<Arguments> allPairs() {
        return Arrays.stream(HeartbeatMode.values())
                .flatMap(before -> Arrays.stream(HeartbeatMode.values()).map(after -> Arguments.of(before, after)));
    }
}
