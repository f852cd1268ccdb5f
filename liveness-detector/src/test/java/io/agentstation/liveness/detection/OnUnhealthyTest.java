package io.agentstation.liveness.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.UnhealthyPolicy.Action;
import org.junit.jupiter.api.Test;

/** A policy acts once for each silence, so many further intervals after it was told, and never on what it cannot know. */
class OnUnhealthyTest {

    private static final long T = 1_800_000_000_000L;
    private static final long INTERVAL = 5_000;
    /** The first tick after the deadline of an agent in EMERGENCY mode that was heard at T. */
    private static final long SILENT_AT = T + 6_500;

    private static final Story STORY = Story.of(1);
    private static final UnhealthyPolicy KILL_AFTER_2 = new UnhealthyPolicy(Action.KILL, 2);
    private static final UnhealthyPolicy RESTART_AFTER_1 = new UnhealthyPolicy(Action.RESTART, 1);

    private final Partition partition = new Partition();

    OnUnhealthyTest() {
        // An outage before the first tick would move every deadline.
        partition.ticks("a", T - 60_000, T);
    }

    @Test
    void nothingIsDoneByDefault() {
        partition.active(STORY, HeartbeatMode.EMERGENCY, T).ticks("a", T, T + 120_000);

        assertThat(partition.unhealthy()).containsExactly(STORY.agent());
        assertThat(partition.commands).isEmpty();
    }

    @Test
    void theWorkspacesPolicyActsSoManyIntervalsAfterUnhealthyAndOnce() {
        partition.workspacePolicy(KILL_AFTER_2).active(STORY, HeartbeatMode.EMERGENCY, T);

        partition.ticks("a", T, SILENT_AT + 2 * INTERVAL);
        assertThat(partition.commands).isEmpty();
        partition.ticks("a", SILENT_AT + 2 * INTERVAL + 250, SILENT_AT + 60_000);

        assertThat(partition.commands).singleElement().isInstanceOf(AgentCommand.Kill.class);
        AgentCommand.Meta meta = partition.commands.get(0).meta();
        assertThat(meta.issuer()).isEqualTo(new Issuer(Issuer.Kind.STATION, "on_unhealthy"));
        assertThat(meta.reason()).isEqualTo("on_unhealthy");
        assertThat(meta.issuedAt().toEpochMilli()).isEqualTo(SILENT_AT + 2 * INTERVAL + 250);
    }

    @Test
    void anAgentsOwnPolicyGoesBeforeItsWorkspaces() {
        partition
                .workspacePolicy(KILL_AFTER_2)
                .active(STORY, HeartbeatMode.EMERGENCY, T)
                .command(STORY.policy("own", RESTART_AFTER_1), T);

        partition.ticks("a", T, SILENT_AT + 60_000);

        assertThat(partition.commands).singleElement().isInstanceOf(AgentCommand.Restart.class);
    }

    @Test
    void anAgentsOwnPolicyMayBeToDoNothingAndToInheritAgain() {
        partition
                .workspacePolicy(KILL_AFTER_2)
                .active(STORY, HeartbeatMode.EMERGENCY, T)
                .command(STORY.policy("none", UnhealthyPolicy.NONE), T);
        partition.ticks("a", T, SILENT_AT + 60_000);
        assertThat(partition.commands).isEmpty();

        partition.command(STORY.policy("inherit", UnhealthyPolicy.INHERIT), SILENT_AT + 60_001);
        partition.ticks("a", SILENT_AT + 60_250, SILENT_AT + 61_000);

        assertThat(partition.commands).hasSize(1);
    }

    @Test
    void ofTwoChangesTheOneWithTheHigherOffsetCountsInWhateverOrderTheyAreRead() {
        partition
                .active(STORY, HeartbeatMode.EMERGENCY, T)
                .command(STORY.policy("second", UnhealthyPolicy.NONE), 200, T)
                .command(STORY.policy("first", RESTART_AFTER_1), 100, T);

        partition.ticks("a", T, SILENT_AT + 60_000);

        assertThat(partition.commands).isEmpty();
    }

    @Test
    void aHeartbeatInTimeIsTheEndOfItAndTheNextSilenceBeginsAnew() {
        partition.workspacePolicy(KILL_AFTER_2).active(STORY, HeartbeatMode.EMERGENCY, T);
        long heardAgain = SILENT_AT + 2 * INTERVAL;
        partition.ticks("a", T, heardAgain).beat(STORY, HeartbeatMode.EMERGENCY, heardAgain);

        partition.ticks("a", heardAgain + 250, heardAgain + 6_500 + 2 * INTERVAL);
        assertThat(partition.unhealthy()).hasSize(2);
        assertThat(partition.commands).isEmpty();
        partition.ticks("a", heardAgain + 6_750 + 2 * INTERVAL, heardAgain + 60_000);

        assertThat(partition.commands).hasSize(1);
    }

    @Test
    void aPolicyThatIsSetLaterCountsForTheAgentsThatAreSilentAlready() {
        partition.active(STORY, HeartbeatMode.EMERGENCY, T).ticks("a", T, SILENT_AT + 60_000);

        partition.workspacePolicy(RESTART_AFTER_1).tick("a", SILENT_AT + 60_250);

        assertThat(partition.commands).hasSize(1);
    }

    @Test
    void aPolicyThatIsTakenBackDoesNothing() {
        partition.workspacePolicy(KILL_AFTER_2).active(STORY, HeartbeatMode.EMERGENCY, T);
        partition.ticks("a", T, SILENT_AT + INTERVAL);

        partition.workspacePolicy(UnhealthyPolicy.NONE).ticks("a", SILENT_AT + INTERVAL + 250, SILENT_AT + 60_000);

        assertThat(partition.commands).isEmpty();
    }

    // Nobody could have been heard meanwhile: after an outage the agent gets an interval and its grace.
    @Test
    void timeInWhichItCouldNotBeHeardDoesNotCount() {
        partition.workspacePolicy(KILL_AFTER_2).active(STORY, HeartbeatMode.EMERGENCY, T);
        partition.ticks("a", T, SILENT_AT + INTERVAL);
        long back = SILENT_AT + 300_000;

        partition.ticks("a", back, back + INTERVAL + 1_250);
        assertThat(partition.commands).isEmpty();
        partition.ticks("a", back + INTERVAL + 1_500, back + INTERVAL + 2_000);

        assertThat(partition.commands).hasSize(1);
    }

    @Test
    void aRestartOfTheDetectorNeitherForgetsNorRepeatsIt() {
        partition.workspacePolicy(KILL_AFTER_2).active(STORY, HeartbeatMode.EMERGENCY, T);
        partition.ticks("a", T, SILENT_AT + INTERVAL);
        partition.restart();
        partition.ticks("a", SILENT_AT + INTERVAL + 250, SILENT_AT + 2 * INTERVAL + 250);
        assertThat(partition.commands).hasSize(1);

        partition.restart();
        partition.ticks("a", SILENT_AT + 2 * INTERVAL + 500, SILENT_AT + 60_000);

        assertThat(partition.commands).hasSize(1);
    }

    @Test
    void aRestartIsOneOfTheStationsOwnSilencesAndSaysWhyItCame() {
        partition.workspacePolicy(RESTART_AFTER_1).active(STORY, HeartbeatMode.EMERGENCY, T);
        partition.ticks("a", T, SILENT_AT + INTERVAL + 250);
        AgentCommand restart = partition.commands.get(0);

        partition
                .command(restart, SILENT_AT + INTERVAL + 260)
                .observation(STORY.applied(restart.commandId(), Operation.RESTART), SILENT_AT + INTERVAL + 270)
                .ticks("a", SILENT_AT + INTERVAL + 500, SILENT_AT + 120_000);

        LifecycleEvent restarted = partition.last();
        assertThat(restarted.event()).isEqualTo(EventType.RESTARTED);
        assertThat(restarted.metadata())
                .containsEntry("reason", "on_unhealthy")
                .containsEntry("triggered_by", "system");
        assertThat(partition.commands).hasSize(1);
        assertThat(partition.unhealthy()).hasSize(1);
    }

    @Test
    void aKilledAgentEndsAsKilledWithThePolicyAsReason() {
        partition.workspacePolicy(KILL_AFTER_2).active(STORY, HeartbeatMode.EMERGENCY, T);
        partition.ticks("a", T, SILENT_AT + 2 * INTERVAL + 250);
        AgentCommand kill = partition.commands.get(0);

        partition
                .command(kill, SILENT_AT + 2 * INTERVAL + 260)
                .observation(STORY.removed(kill.commandId(), Cause.KILLED), SILENT_AT + 2 * INTERVAL + 270);

        assertThat(partition.last().event()).isEqualTo(EventType.KILLED);
        assertThat(partition.last().metadata()).containsEntry("reason", "on_unhealthy");
    }

    @Test
    void aDrainingAgentIsNotStartedAgainButMayBeKilled() {
        partition
                .workspacePolicy(RESTART_AFTER_1)
                .active(STORY, HeartbeatMode.EMERGENCY, T)
                .command(STORY.drain(3_600), T + 1)
                .ticks("a", T + 250, SILENT_AT + 60_000);
        assertThat(partition.unhealthy()).hasSize(1);
        assertThat(partition.commands).isEmpty();

        partition.workspacePolicy(KILL_AFTER_2).tick("a", SILENT_AT + 60_250);

        assertThat(partition.commands).singleElement().isInstanceOf(AgentCommand.Kill.class);
    }

    @Test
    void theSameSilenceHasTheSameCommandIdAndAnotherSilenceAnother() {
        AgentCommand first = restartOf(T);
        AgentCommand again = restartOf(T);
        AgentCommand later = restartOf(T + 1);

        assertThat(again.commandId()).isEqualTo(first.commandId());
        assertThat(later.commandId()).isNotEqualTo(first.commandId());
    }

    private static AgentCommand restartOf(long heardMs) {
        Partition partition = new Partition();
        partition
                .ticks("a", heardMs - 60_000, heardMs)
                .workspacePolicy(RESTART_AFTER_1)
                .active(STORY, HeartbeatMode.EMERGENCY, heardMs)
                .ticks("a", heardMs + 250, heardMs + 60_000);
        return partition.commands.get(0);
    }
}
