package io.agentstation.liveness.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.observations.Observation.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleEventsTest {

    private static final long T = 1_000_000;
    private static final Story STORY = Story.of(1);

    private final Partition partition = new Partition();

    @Test
    void aLifeFromCreateToTerminated() {
        partition.active(STORY, HeartbeatMode.IDLE, T);
        partition.command(STORY.deprovision(), T + 1).observation(STORY.removed("deprovision", Cause.DELETED), T + 2);

        assertThat(partition.types(STORY))
                .containsExactly(
                        EventType.CREATED,
                        EventType.PROVISIONED,
                        EventType.ACTIVATED,
                        EventType.DRAINING,
                        EventType.TERMINATED);
        assertThat(partition.events)
                .extracting(LifecycleEvent::health)
                .containsExactly(Health.UNKNOWN, Health.UNKNOWN, Health.HEALTHY, Health.UNKNOWN, Health.UNKNOWN);
        LifecycleEvent created = partition.events.get(0);
        assertThat(created.causedBy()).isEqualTo(STORY.id("provision"));
        assertThat(created.triggeredBy()).isEqualTo(Story.USER);
        assertThat(created.workspace()).isEqualTo(Story.WORKSPACE);
        assertThat(created.name()).isEqualTo("agent-1");
        assertThat(partition.events.get(1).metadata())
                .containsExactly(entry("kubernetes_deployment", "agent-1"), entry("triggered_by", Story.USER));
        assertThat(partition.events.get(2).metadata())
                .contains(
                        entry("first_heartbeat_mode", "IDLE"),
                        entry("uptime_seconds", 1.5),
                        entry("triggered_by", "system"));
        assertThat(partition.events.get(3).metadata()).contains(entry("reason", "deleted"));
        assertThat(partition.events.get(3).causedBy()).isEqualTo(STORY.id("deprovision"));
        assertThat(partition.last().metadata()).contains(entry("reason", "deleted"), entry("triggered_by", Story.USER));
        assertThat(partition.last().causedBy()).isEqualTo(STORY.id("deprovision"));
        assertThat(partition.last().occurredAt()).isEqualTo(Instant.ofEpochMilli(T + 2));
    }

    @Test
    void aHeartbeatBeforeAppliedActivatesAtOnceWhenAppliedArrives() {
        partition.command(STORY.provision(), T).beat(STORY, HeartbeatMode.EMERGENCY, T + 1);
        assertThat(partition.types(STORY)).containsExactly(EventType.CREATED);

        partition.observation(STORY.applied(), T + 2);

        assertThat(partition.types(STORY))
                .containsExactly(EventType.CREATED, EventType.PROVISIONED, EventType.ACTIVATED);
        assertThat(partition.last().occurredAt()).isEqualTo(Instant.ofEpochMilli(T + 2));
    }

    @Test
    void aHeartbeatBeforeProvisionIsKept() {
        partition.beat(STORY, HeartbeatMode.IDLE, T).observation(STORY.applied(), T + 1);
        assertThat(partition.events).isEmpty();

        partition.command(STORY.provision(), T + 2);

        assertThat(partition.last().toState()).isEqualTo(AgentState.ACTIVE);
    }

    @Test
    void killEndsInKilledWithItsReason() {
        partition.active(STORY, HeartbeatMode.IDLE, T);
        partition.command(STORY.kill(), T + 1);
        assertThat(partition.last().toState()).isEqualTo(AgentState.ACTIVE);

        partition.observation(STORY.removed("kill", Cause.KILLED), T + 2);

        assertThat(partition.last().event()).isEqualTo(EventType.KILLED);
        assertThat(partition.last().metadata())
                .contains(entry("reason", "silent for too long"), entry("triggered_by", "system"));
    }

    @Test
    void nothingComesAfterATerminalEvent() {
        partition.active(STORY, HeartbeatMode.IDLE, T);
        partition.command(STORY.deprovision(), T + 1).observation(STORY.removed("deprovision", Cause.DELETED), T + 2);
        int before = partition.events.size();

        partition
                .beat(STORY, HeartbeatMode.EMERGENCY, T + 3)
                .command(STORY.update("late"), T + 4)
                .observation(STORY.rejected("late", Operation.UPDATE), T + 5)
                .observation(STORY.removed("deprovision", Cause.KILLED), T + 6)
                .ticks("a", T, T + 60_000);

        assertThat(partition.events).hasSize(before);
    }

    @Test
    void outcomesAreEventsThatKeepTheState() {
        partition.active(STORY, HeartbeatMode.IDLE, T);
        partition
                .command(STORY.update("u"), T + 1)
                .command(STORY.scale("s", 3), T + 1)
                .command(STORY.restart(), T + 1)
                .command(STORY.update("same"), T + 1)
                .command(STORY.update("bad"), T + 1)
                .observation(STORY.applied("u", Operation.UPDATE, 1), T + 2)
                .observation(STORY.applied("s", Operation.SCALE, 3), T + 3)
                .observation(STORY.applied("restart", Operation.RESTART, 3), T + 4)
                .observation(STORY.noChange("same", Operation.UPDATE), T + 5)
                .observation(STORY.rejected("bad", Operation.UPDATE), T + 6);

        List<LifecycleEvent> outcomes = partition.events.subList(3, partition.events.size());
        assertThat(outcomes)
                .extracting(LifecycleEvent::event)
                .containsExactly(
                        EventType.UPDATED,
                        EventType.SCALED,
                        EventType.RESTARTED,
                        EventType.NO_CHANGE,
                        EventType.REJECTED);
        assertThat(outcomes).allSatisfy(event -> {
            assertThat(event.fromState()).isEqualTo(AgentState.ACTIVE);
            assertThat(event.toState()).isEqualTo(AgentState.ACTIVE);
            assertThat(event.triggeredBy()).isEqualTo(Story.USER);
        });
        assertThat(outcomes.get(1).metadata()).contains(entry("replicas", 3));
        assertThat(outcomes.get(4).metadata()).contains(entry("reason", "it is being deleted"));
        assertThat(outcomes.get(4).causedBy()).isEqualTo(STORY.id("bad"));
    }

    @Test
    void aFailureIsToldOncePerReasonAndNotForEachRetry() {
        partition.command(STORY.provision(), T);
        for (int retry = 0; retry < 5; retry++) {
            partition.observation(STORY.failed("provision", Operation.PROVISION, "no quota"), T + retry);
        }
        partition.observation(STORY.failed("provision", Operation.PROVISION, "API server away"), T + 9);
        partition.observation(STORY.applied(), T + 10);

        assertThat(partition.types(STORY))
                .containsExactly(
                        EventType.CREATED,
                        EventType.PROVISIONING_FAILED,
                        EventType.PROVISIONING_FAILED,
                        EventType.PROVISIONED);
        assertThat(partition.events.get(1).metadata())
                .contains(entry("reason", "no quota"), entry("retrying", true), entry("operation", "PROVISION"));
    }

    @Test
    void changesOfReplicasAndConditionsAreNoEvents() {
        partition.active(STORY, HeartbeatMode.IDLE, T);

        partition.observation(STORY.statusChanged(), T + 1);

        assertThat(partition.events).hasSize(3);
    }

    @Test
    void drainAndResume() {
        partition.active(STORY, HeartbeatMode.IDLE, T);
        partition.command(STORY.drain(60), T + 1).command(STORY.resume(), T + 2);

        assertThat(partition.types(STORY).subList(3, 5)).containsExactly(EventType.DRAINING, EventType.RESUMED);
        assertThat(partition.events.get(3).metadata()).contains(entry("reason", "drain"));
        assertThat(partition.last().causedBy()).isEqualTo(STORY.id("resume"));
    }

    @Test
    void aDrainThatTakesTooLongIsDeprovisionedOnce() {
        partition.tick("a", T);
        partition.active(STORY, HeartbeatMode.SLEEP, T);
        partition.command(STORY.drain(60), T + 1_000);

        partition.ticks("a", T + 250, T + 61_000);
        assertThat(partition.commands).isEmpty();
        partition.ticks("a", T + 61_250, T + 70_000);
        partition.restart();
        partition.ticks("a", T + 70_250, T + 80_000);

        assertThat(partition.commands).hasSize(1);
        assertThat(partition.commands.get(0).operation()).isEqualTo(Operation.DEPROVISION);
        assertThat(partition.commands.get(0).meta().reason()).isEqualTo("drain_timeout");
        assertThat(partition.commands.get(0))
                .isEqualTo(EndOfDrain.command(STORY.agent(), 1, "drain_timeout", T + 61_250));
    }

    @Test
    void aDrainWhoseContainersHaveCompletedIsOverAtOnceAndOnce() {
        partition.tick("a", T);
        partition.active(STORY, HeartbeatMode.SLEEP, T);
        // An end before the drain is none of it; Kubernetes tells whole seconds.
        partition.observation(STORY.completed(T - 5_000), T + 900);
        partition.command(STORY.drain(3_600), T + 1_300);
        partition.ticks("a", T + 1_500, T + 5_000);
        assertThat(partition.commands).isEmpty();

        partition.observation(STORY.completed(T + 1_000), T + 5_100).observation(STORY.completed(T + 4_000), T + 5_150);
        partition.ticks("a", T + 5_250, T + 6_000);
        partition.restart();
        partition.observation(STORY.completed(T + 6_000), T + 6_100);
        partition.ticks("a", T + 6_250, T + 9_000);

        assertThat(partition.commands)
                .containsExactly(EndOfDrain.command(STORY.agent(), 1, "drain_completed", T + 5_250));
    }

    @Test
    void whatHasCompletedAndIsNotToDrainGoesOn() {
        partition.tick("a", T);
        partition.active(STORY, HeartbeatMode.SLEEP, T);
        partition.command(STORY.drain(3_600), T + 1_000).command(STORY.resume(), T + 2_000);
        partition.observation(STORY.completed(T + 3_000), T + 3_100);

        partition.ticks("a", T + 3_250, T + 9_000);

        assertThat(partition.commands).isEmpty();
    }

    @Test
    void theReasonOfADrainTimeoutReachesTheEnd() {
        partition.tick("a", T);
        partition.active(STORY, HeartbeatMode.SLEEP, T).command(STORY.drain(1), T);
        partition.ticks("a", T + 250, T + 2_000);
        AgentCommand timeout = partition.commands.get(0);

        partition.command(timeout, T + 2_001);
        partition.observation(
                new io.agentstation.contracts.observations.Observation.Removed(
                        STORY.agent(), timeout.commandId(), Cause.DELETED, null),
                T + 2_002);

        assertThat(partition.last().event()).isEqualTo(EventType.TERMINATED);
        assertThat(partition.last().metadata())
                .contains(entry("reason", "drain_timeout"), entry("triggered_by", "system"));
    }

    @Test
    void aTimeoutThatAResumeOvertookEndsNothing() {
        partition.tick("a", T);
        partition.active(STORY, HeartbeatMode.SLEEP, T).command(STORY.drain(1), T);
        partition.ticks("a", T + 250, T + 2_000);
        AgentCommand timeout = partition.commands.get(0);

        // In the log the resume stands before the time-out, which was decided before the resume was read.
        partition.command(STORY.resume(), T + 2_000).command(timeout, T + 2_001);
        partition.command(STORY.resume(), 2, T + 2_000);

        assertThat(partition.last().event()).isEqualTo(EventType.RESUMED);
        assertThat(partition.last().toState()).isEqualTo(AgentState.ACTIVE);
        // Negative control: a delete at the same place of the log is no time-out.
        partition.command(STORY.deprovision(), T + 2_002);
        assertThat(partition.last().toState()).isEqualTo(AgentState.DRAINING);
    }

    @Test
    void whoeverDrainsSaysWhyAndTheEventSaysUntilWhen() {
        partition.active(STORY, HeartbeatMode.SLEEP, T);
        AgentCommand.Meta meta = STORY.drain(60).meta();

        partition.command(
                new AgentCommand.Drain(
                        new AgentCommand.Meta(
                                meta.agentId(), meta.commandId(), meta.issuer(), meta.issuedAt(), "moving house"),
                        60),
                T + 1_000);

        assertThat(partition.last().metadata())
                .contains(
                        entry("reason", "drain"),
                        entry("why", "moving house"),
                        entry("triggered_by", Story.USER),
                        entry("deadline", Instant.ofEpochMilli(T + 61_000).toString()));
    }

    @Test
    void aResumedDrainHasNoTimeout() {
        partition.tick("a", T);
        partition.active(STORY, HeartbeatMode.SLEEP, T);
        partition.command(STORY.drain(1), T + 1).command(STORY.resume(), T + 2);

        partition.ticks("a", T + 250, T + 10_000);

        assertThat(partition.commands).isEmpty();
    }

    @Test
    void factsAboutAnUnknownAgentExpireAfterAnHourOfLogTime() {
        long hour = Duration.ofHours(1).toMillis();
        partition.beat(STORY, HeartbeatMode.IDLE, T).observation(STORY.applied(), T);

        partition.tick("a", T + hour);
        assertThat(partition.tables().agents().get(STORY.agent())).isNotNull();
        partition.tick("a", T + hour + 1);

        assertThat(partition.tables().agents().get(STORY.agent())).isNull();
        assertThat(partition.census().agents()).isZero();
        partition.command(STORY.provision(), T + hour + 2);
        assertThat(partition.types(STORY)).containsExactly(EventType.CREATED);
    }

    @Test
    void aTerminalAgentIsForgottenAfterItsRetention() {
        long week = Duration.ofDays(7).toMillis();
        partition.command(STORY.provision(), T).observation(STORY.removed("provision", Cause.NAME_TAKEN), T);
        assertThat(partition.last().metadata()).contains(entry("reason", "name_taken"));

        partition.tick("a", T + week);
        assertThat(partition.tables().agents().get(STORY.agent())).isNotNull();
        partition.restart();
        partition.tick("a", T + week + 1);

        assertThat(partition.tables().agents().get(STORY.agent())).isNull();
    }
}
