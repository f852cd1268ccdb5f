package io.agentstation.liveness.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.liveness.silence.LivenessSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is called unhealthy, when, and how often. */
class SilenceTest {

    private static final long T = 1_000_000;
    private static final Story STORY = Story.of(1);

    private final Partition partition = new Partition();

    @ParameterizedTest
    @CsvSource({"EMERGENCY, 6250", "IDLE, 37500", "SLEEP, 960000"})
    void silenceIsToldAtTheFirstTickAfterTheDeadlineAndOnce(HeartbeatMode mode, long afterMs) {
        partition.ticks("a", T - 5_000, T);
        partition.active(STORY, mode, T);

        partition.ticks("a", T + 250, T + afterMs);
        assertThat(partition.unhealthy()).isEmpty();
        partition.tick("a", T + afterMs + 1);
        LifecycleEvent unhealthy = partition.last();
        partition.ticks("a", T + afterMs + 250, T + 3 * afterMs);

        assertThat(partition.unhealthy()).containsExactly(STORY.agent());
        assertThat(unhealthy.health()).isEqualTo(Health.UNHEALTHY);
        assertThat(unhealthy.fromState()).isEqualTo(AgentState.ACTIVE);
        assertThat(unhealthy.toState()).isEqualTo(AgentState.ACTIVE);
        assertThat(unhealthy.metadata())
                .contains(
                        entry("error_code", 480),
                        entry("mode", mode.name()),
                        entry("last_heartbeat_at", Instant.ofEpochMilli(T).toString()),
                        entry("missed_intervals", 1L),
                        entry("triggered_by", "system"));
    }

    @Test
    void withoutATickNobodyIsJudged() {
        partition.active(STORY, HeartbeatMode.EMERGENCY, T);
        partition.active(Story.of(2), HeartbeatMode.EMERGENCY, T + 3_600_000);

        assertThat(partition.unhealthy()).isEmpty();
    }

    @Test
    void recoveryIsToldOnce() {
        partition.ticks("a", T - 5_000, T).active(STORY, HeartbeatMode.EMERGENCY, T);
        partition.ticks("a", T + 250, T + 10_000);

        partition.beat(STORY, HeartbeatMode.EMERGENCY, T + 10_100);
        LifecycleEvent recovered = partition.last();
        partition.beat(STORY, HeartbeatMode.EMERGENCY, T + 12_000).ticks("a", T + 10_250, T + 15_000);

        assertThat(partition.types(STORY).subList(3, partition.events.size()))
                .containsExactly(EventType.UNHEALTHY, EventType.RECOVERED);
        assertThat(recovered.health()).isEqualTo(Health.HEALTHY);
        assertThat(recovered.metadata()).contains(entry("silent_seconds", 10.1), entry("from_health", "unhealthy"));
    }

    @Test
    void aModeThatShortensTheDeadlineCountsAtOnce() {
        partition.ticks("a", T - 5_000, T).active(STORY, HeartbeatMode.SLEEP, T);
        partition.beat(STORY, HeartbeatMode.EMERGENCY, T + 1_000);

        partition.ticks("a", T + 250, T + 7_250);
        assertThat(partition.unhealthy()).isEmpty();
        partition.tick("a", T + 7_500);

        assertThat(partition.unhealthy()).containsExactly(STORY.agent());
    }

    @Test
    void aModeThatLengthensTheDeadlineCountsAtOnce() {
        partition.ticks("a", T - 5_000, T).active(STORY, HeartbeatMode.EMERGENCY, T);
        partition.beat(STORY, HeartbeatMode.SLEEP, T + 1_000);

        partition.ticks("a", T + 250, T + 961_000);
        assertThat(partition.unhealthy()).isEmpty();
        partition.tick("a", T + 961_250);

        assertThat(partition.unhealthy()).containsExactly(STORY.agent());
    }

    @Test
    void silenceThatTheStationOrderedIsNoMiss() {
        partition.ticks("a", T - 5_000, T);
        List<Story> stories = List.of(Story.of(1), Story.of(2), Story.of(3), Story.of(4), Story.of(5));
        stories.forEach(story -> partition.active(story, HeartbeatMode.EMERGENCY, T));
        partition.command(stories.get(0).deprovision(), T + 1);
        partition.command(stories.get(1).kill(), T + 1);
        partition.command(stories.get(2).scale("zero", 0), T + 1);
        partition.command(stories.get(3).restart(), T + 1);

        partition.ticks("a", T + 250, T + 60_000);

        assertThat(partition.unhealthy()).containsExactly(stories.get(4).agent());
    }

    @Test
    void afterARestartTheNextHeartbeatWatchesAgain() {
        partition.ticks("a", T - 5_000, T).active(STORY, HeartbeatMode.EMERGENCY, T);
        partition.command(STORY.restart(), T + 1_000);
        partition.observation(STORY.applied("restart", Operation.RESTART, 1), T + 1_100);
        assertThat(partition.last().health()).isEqualTo(Health.UNKNOWN);
        partition.ticks("a", T + 250, T + 30_000);

        partition.beat(STORY, HeartbeatMode.EMERGENCY, T + 30_100);
        assertThat(partition.last().event()).isEqualTo(EventType.RECOVERED);
        assertThat(partition.last().metadata()).contains(entry("from_health", "unknown"));
        partition.ticks("a", T + 30_250, T + 40_000);

        assertThat(partition.unhealthy()).containsExactly(STORY.agent());
    }

    @Test
    void theLastBreathOfTheOldPodsIsNotTheFirstOfTheNew() {
        partition.ticks("a", T - 5_000, T).active(STORY, HeartbeatMode.EMERGENCY, T);
        partition.command(STORY.scale("zero", 0), T + 1).beat(STORY, HeartbeatMode.EMERGENCY, T + 2);
        partition.ticks("a", T + 250, T + 60_000);

        partition.command(STORY.scale("one", 1), T + 60_001);
        partition.ticks("a", T + 60_250, T + 90_000);

        assertThat(partition.unhealthy()).isEmpty();
    }

    @Test
    void aDrainingAgentIsWatchedAndADeletedOneIsNot() {
        Story drained = Story.of(1);
        Story deleted = Story.of(2);
        partition.ticks("a", T - 5_000, T);
        partition.active(drained, HeartbeatMode.EMERGENCY, T).command(drained.drain(600), T + 1);
        partition.active(deleted, HeartbeatMode.EMERGENCY, T).command(deleted.deprovision(), T + 1);
        partition.beat(deleted, HeartbeatMode.EMERGENCY, T + 2);

        partition.ticks("a", T + 250, T + 10_000);

        assertThat(partition.unhealthy()).containsExactly(drained.agent());
    }

    @Test
    void aHeartbeatThatWaitsBehindManyTicksWasSeenInTime() {
        partition.ticks("a", T - 5_000, T).active(STORY, HeartbeatMode.EMERGENCY, T);
        // The detector lags five minutes behind; the log is in order all the same.
        for (long at = T; at < T + 300_000; at += 5_000) {
            partition.ticks("a", at + 250, at + 5_000).beat(STORY, HeartbeatMode.EMERGENCY, at + 5_000);
        }

        assertThat(partition.unhealthy()).isEmpty();
    }

    @Test
    void noMoreThanTheLimitPerTickAndTheRestAtTheNext() {
        LivenessSettings calm = LivenessSettings.defaults();
        Partition limited = new Partition(new LivenessSettings(
                calm.intervals(),
                calm.minGrace(),
                calm.maxGrace(),
                calm.stallGrace(),
                calm.tickPeriod(),
                calm.stallThreshold(),
                calm.longStall(),
                calm.rosterSilence(),
                2,
                calm.unknownRetention(),
                calm.maxUnknownAgents(),
                calm.terminalRetention(),
                calm.fleetPeriod()));
        limited.ticks("a", T - 5_000, T);
        for (int agent = 1; agent <= 5; agent++) {
            limited.active(Story.of(agent), HeartbeatMode.EMERGENCY, T);
        }

        limited.ticks("a", T + 250, T + 6_500);
        assertThat(limited.unhealthy()).hasSize(2);
        limited.restart();
        limited.tick("a", T + 6_750);
        assertThat(limited.unhealthy()).hasSize(4);
        limited.tick("a", T + 7_000);

        assertThat(limited.unhealthy()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void unknownAgentsAreBoundedAndTheOldestGoFirst() {
        LivenessSettings calm = LivenessSettings.defaults();
        Partition small = new Partition(new LivenessSettings(
                calm.intervals(),
                calm.minGrace(),
                calm.maxGrace(),
                calm.stallGrace(),
                calm.tickPeriod(),
                calm.stallThreshold(),
                calm.longStall(),
                calm.rosterSilence(),
                calm.maxUnhealthyPerTick(),
                calm.unknownRetention(),
                2,
                calm.terminalRetention(),
                calm.fleetPeriod()));

        for (int agent = 1; agent <= 3; agent++) {
            small.beat(Story.of(agent), HeartbeatMode.IDLE, T + agent);
        }

        assertThat(small.tables().agents().get(Story.of(1).agent())).isNull();
        assertThat(small.tables().agents().get(Story.of(2).agent())).isNotNull();
        assertThat(small.tables().agents().get(Story.of(3).agent())).isNotNull();
    }

    @Test
    void theFleetIsCountedByStateAndHealth() {
        partition.ticks("a", T - 5_000, T).active(STORY, HeartbeatMode.EMERGENCY, T);
        partition.command(Story.of(2).provision(), T).writeFleet().writeFleet();
        assertThat(partition.fleet).hasSize(1);
        assertThat(partition.fleet.get(0).states())
                .isEqualTo(Map.of(AgentState.NEW, 1L, AgentState.PROVISIONED, 0L, AgentState.ACTIVE, 1L));
        assertThat(partition.fleet.get(0).health()).isEqualTo(Map.of(Health.UNKNOWN, 1L, Health.HEALTHY, 1L));

        partition.ticks("a", T + 250, T + 10_000);
        partition.command(Story.of(2).deprovision(), T + 1);
        partition.observation(Story.of(2).removed("deprovision", Cause.DELETED), T + 2);
        partition.writeFleet();

        FleetCounts counts = partition.fleet.get(1);
        assertThat(counts.states()).containsEntry(AgentState.TERMINATED, 1L).containsEntry(AgentState.NEW, 0L);
        assertThat(counts.health()).isEqualTo(Map.of(Health.UNKNOWN, 0L, Health.HEALTHY, 0L, Health.UNHEALTHY, 1L));
        partition.restart();
        partition.writeFleet();
        assertThat(partition.fleet.get(2)).isEqualTo(counts);
    }
}
