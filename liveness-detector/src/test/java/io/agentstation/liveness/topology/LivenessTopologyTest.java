package io.agentstation.liveness.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.liveness.detection.Story;
import io.agentstation.liveness.silence.LivenessSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LivenessTopologyTest {

    private static final long T = 1_800_000_000_000L;
    private static final Story STORY = Story.of(1);

    private final TopologyHarness harness = new TopologyHarness(1);

    @AfterEach
    void close() {
        harness.close();
    }

    // Names of stores and nodes are part of the stored state: whoever changes this file also migrates it.
    @Test
    void theDescriptionIsGolden() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/topology.txt")) {
            String description = LivenessTopology.build(
                            LivenessSettings.defaults(),
                            TopologyHarness.KEY,
                            8,
                            new DetectorFigures(new SimpleMeterRegistry(), Clock.systemUTC()))
                    .describe()
                    .toString();

            assertThat(description.strip())
                    .isEqualTo(
                            new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test
    void aLifeThroughAllThreeTopics() {
        harness.active(STORY, HeartbeatMode.IDLE, T);
        harness.command(STORY.deprovision(), T + 1);
        harness.observation(STORY.removed("deprovision", Cause.DELETED), T + 2);

        List<LifecycleEvent> events = harness.events();
        assertThat(events)
                .extracting(LifecycleEvent::event)
                .containsExactly(
                        EventType.CREATED,
                        EventType.PROVISIONED,
                        EventType.ACTIVATED,
                        EventType.DRAINING,
                        EventType.TERMINATED);
        assertThat(events).extracting(LifecycleEvent::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void everyCommandAndObservationIsUnderstood() {
        harness.active(STORY, HeartbeatMode.IDLE, T);
        harness.command(STORY.update("u"), T + 1);
        harness.observation(STORY.applied("u", Operation.UPDATE, 1), T + 2);
        harness.command(STORY.scale("s", 2), T + 3);
        harness.observation(STORY.failed("s", Operation.SCALE, "no quota"), T + 4);
        harness.observation(STORY.applied("s", Operation.SCALE, 2), T + 5);
        harness.command(STORY.restart(), T + 6);
        harness.observation(STORY.rejected("restart", Operation.RESTART), T + 7);
        harness.command(STORY.drain(60), T + 8);
        harness.command(STORY.resume(), T + 9);
        harness.observation(STORY.noChange("resume", Operation.RESUME), T + 10);
        harness.observation(STORY.statusChanged(), T + 11);
        harness.command(STORY.kill(), T + 12);
        harness.observation(STORY.removed("kill", Cause.KILLED), T + 13);

        assertThat(harness.types())
                .containsExactly(
                        EventType.CREATED,
                        EventType.PROVISIONED,
                        EventType.ACTIVATED,
                        EventType.UPDATED,
                        EventType.PROVISIONING_FAILED,
                        EventType.SCALED,
                        EventType.REJECTED,
                        EventType.DRAINING,
                        EventType.RESUMED,
                        EventType.NO_CHANGE,
                        EventType.KILLED);
    }

    @Test
    void eventsAreKeyedByTheAgentAndStampedWithTheRecordThatCompletedTheFacts() {
        harness.command(STORY.provision(), T + 7);

        TestRecord<byte[], byte[]> record =
                harness.output(Topic.LIFECYCLE.topicName()).readRecord();

        assertThat(record.key()).asString().isEqualTo(STORY.agent().toString());
        assertThat(record.timestamp()).isEqualTo(T + 7);
    }

    @Test
    void silenceAndRecovery() {
        harness.ticks(T - 5_000, T);
        harness.active(STORY, HeartbeatMode.EMERGENCY, T);
        harness.ticks(T + 250, T + 7_000);
        harness.beat(STORY, HeartbeatMode.EMERGENCY, T + 7_100);
        harness.beat(STORY, HeartbeatMode.EMERGENCY, T + 7_200);

        List<LifecycleEvent> events = harness.events();
        assertThat(events.subList(3, events.size()))
                .extracting(LifecycleEvent::event)
                .containsExactly(EventType.UNHEALTHY, EventType.RECOVERED);
        assertThat(events.get(3).metadata()).containsEntry("error_code", 480);
        assertThat(harness.figures.sinceLastTick()).contains(Duration.ZERO);
    }

    @Test
    void aDrainTimeoutComesBackAsACommandOnce() {
        harness.ticks(T, T);
        harness.active(STORY, HeartbeatMode.SLEEP, T);
        harness.command(STORY.drain(1), T);
        harness.ticks(T + 250, T + 10_000);

        List<AgentCommand> commands = harness.output(Topic.COMMANDS.topicName()).readValuesToList().stream()
                .map(value -> Wire.read(value, AgentCommand.class))
                .toList();
        assertThat(commands).hasSize(1);
        assertThat(commands.get(0).operation()).isEqualTo(Operation.DEPROVISION);
        harness.observation(
                new io.agentstation.contracts.observations.Observation.Removed(
                        STORY.agent(), commands.get(0).commandId(), Cause.DELETED, null),
                T + 11_000);
        List<LifecycleEvent> events = harness.events();
        assertThat(events.get(events.size() - 1).metadata()).containsEntry("reason", "drain_timeout");
    }

    @Test
    void fleetCountsFollowTheWallClockAndOnlyWhenChanged() {
        harness.active(STORY, HeartbeatMode.IDLE, T);

        List<FleetCounts> first = harness.fleetAfter(Duration.ofMillis(250));
        List<FleetCounts> second = harness.fleetAfter(Duration.ofMillis(250));

        assertThat(first).hasSize(1);
        assertThat(first.get(0).partition()).isZero();
        assertThat(first.get(0).states()).containsEntry(AgentState.ACTIVE, 1L);
        assertThat(first.get(0).health()).containsEntry(Health.HEALTHY, 1L);
        assertThat(second).isEmpty();
    }

    @Test
    void aWorkspacesCountsGoToThePartitionThatTheyCount() {
        byte[] key = TopologyHarness.key(FleetCounts.key(Story.WORKSPACE, 5));

        assertThat(new OwnPartition().partitions("agent.fleet", key, new byte[0], 8))
                .hasValueSatisfying(partitions -> assertThat(partitions).containsExactly(5));
    }
}
