package io.agentstation.liveness.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.Lifecycle;
import io.agentstation.contracts.lifecycle.Lifecycle.Edge;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.lifecycle.Trigger;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.liveness.detection.Story;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every edge of the lifecycle's table is taken by the records that stand for it, through the real topology. */
class LifecycleEdgesTest {

    private static final long T = 1_800_000_000_000L;
    private static final Story STORY = Story.of(1);

    private final TopologyHarness harness = new TopologyHarness(1);
    private long now = T;

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @MethodSource("io.agentstation.contracts.lifecycle.Lifecycle#edges")
    void theEdgeIsTakenAndToldOnce(Edge edge) {
        goTo(edge.from());
        List<LifecycleEvent> before = harness.events();

        pull(edge.trigger());
        List<LifecycleEvent> taken = harness.events();
        pull(edge.trigger());
        List<LifecycleEvent> again = harness.events();

        assertThat(before.get(before.size() - 1).toState()).isEqualTo(edge.from());
        assertThat(taken).hasSize(1);
        LifecycleEvent event = taken.get(0);
        assertThat(event.event()).isEqualTo(edge.event());
        assertThat(event.fromState()).isEqualTo(edge.from());
        assertThat(event.toState()).isEqualTo(edge.to());
        assertThat(event.sequence()).isEqualTo(before.size() + 1L);
        assertThat(again).isEmpty();
    }

    private void goTo(AgentState state) {
        harness.command(STORY.provision(), now);
        Lifecycle.path(AgentState.NEW, state).forEach(edge -> pull(edge.trigger()));
    }

    private void pull(Trigger trigger) {
        now += 1_000;
        switch (trigger) {
            case RESOURCES_APPLIED -> harness.observation(STORY.applied(), now);
            case HEARTBEAT_HEARD -> harness.beat(STORY, HeartbeatMode.IDLE, now);
            case DRAIN_REQUESTED -> harness.command(STORY.drain(60), now);
            case DELETE_REQUESTED -> harness.command(STORY.deprovision(), now);
            case RESUME_REQUESTED -> harness.command(STORY.resume(), now);
            case REMOVED_ON_REQUEST -> {
                harness.command(STORY.deprovision(), now);
                harness.observation(STORY.removed("deprovision", Cause.DELETED), now);
            }
            case REMOVED_BY_STATION -> {
                harness.command(STORY.kill(), now);
                harness.observation(STORY.removed("kill", Cause.KILLED), now);
            }
        }
    }
}
