package io.agentstation.provisioner.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.observations.Observation.Applied;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.contracts.observations.Observation.NoChange;
import io.agentstation.contracts.observations.Observation.Rejected;
import io.agentstation.contracts.observations.Observation.Removed;
import io.agentstation.contracts.observations.Observation.StatusChanged;
import io.agentstation.provisioner.observations.ObservationsUnavailable;
import io.agentstation.provisioner.testing.Bench;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandHandlerTest {

    private final Bench bench = new Bench();
    private final AgentCommand provision = Samples.provision(Samples.AGENT, "first");
    private final AgentCommand deprovision = Samples.deprovision(Samples.AGENT);

    @Test
    void provisionIsAppliedAndSaysSo() {
        bench.handle(provision);

        assertThat(bench.cluster.objects).containsKey(Samples.AGENT);
        assertThat(bench.observations.of(provision.commandId()))
                .containsExactly(new Applied(
                        Samples.AGENT, provision.commandId(), Operation.PROVISION, 0, 1, Samples.spec("first")));
    }

    /** How long that takes is for benchmarks/provisioning to say; here, that it waits for no retry, walk or status. */
    @Test
    void whatLeadsOutOfNewWaitsForNoTimer() {
        bench.handle(provision);

        assertThat(bench.observations.all).hasSize(1).allMatch(Applied.class::isInstance);
        assertThat(bench.retries.delays()).isEmpty();
        assertThat(bench.statuses.delays()).isEmpty();
    }

    @Test
    void readAgainItRepeatsItsOutcomeAndChangesNothing() {
        bench.handle(provision);
        AgentCommand scale = Samples.scale(Samples.AGENT, 3);
        bench.handle(scale);
        var row = bench.records.row(Samples.AGENT);

        bench.handle(provision, 0);
        bench.handle(scale, 1);

        assertThat(bench.records.row(Samples.AGENT)).isEqualTo(row);
        assertThat(bench.observations.of(provision.commandId())).hasSize(2).allMatch(Applied.class::isInstance);
        assertThat(bench.observations.of(scale.commandId())).hasSize(2).allMatch(Applied.class::isInstance);
    }

    @Test
    void theWholeLogReadAgainResurrectsNothing() {
        bench.handle(provision);
        bench.handle(deprovision);
        assertThat(bench.cluster.objects).isEmpty();

        bench.handle(provision, 0);
        bench.handle(deprovision, 1);

        assertThat(bench.cluster.objects).isEmpty();
        assertThat(bench.cluster.applies).isEqualTo(1);
        assertThat(bench.records.names).isEmpty();
        assertThat(bench.observations.of(deprovision.commandId())).hasSize(2).allMatch(Removed.class::isInstance);
    }

    @Test
    void theDeleteIsShownBeforeTheEndAndTheNameIsFreeBeforeRemoved() {
        bench.handle(provision);
        bench.observations.all.clear();

        bench.handle(deprovision);

        assertThat(bench.observations.all.get(0)).isInstanceOfSatisfying(StatusChanged.class, said -> {
            assertThat(said.desired()).isEqualTo("TERMINATED");
            assertThat(said.status()).isNotNull();
        });
        assertThat(bench.observations.all.get(1)).isEqualTo(new StatusChanged(Samples.AGENT, "TERMINATED", null, null));
        assertThat(bench.observations.all.get(2))
                .isEqualTo(new Removed(Samples.AGENT, deprovision.commandId(), Cause.DELETED, null));
        assertThat(bench.records.names).isEmpty();
        assertThat(bench.records.row(Samples.AGENT).phase()).isEqualTo(Phase.REMOVED);
    }

    @Test
    void everyDeleteGetsItsRemoved() {
        bench.handle(provision);
        bench.handle(deprovision);
        AgentCommand second = Samples.deprovision(Samples.AGENT);

        bench.handle(second);

        assertThat(bench.observations.of(second.commandId()))
                .containsExactly(new Removed(Samples.AGENT, second.commandId(), Cause.DELETED, null));
    }

    @Test
    void aKillOvertakesADeleteThatGoesOn() {
        bench.handle(provision);
        bench.cluster.staying.add("Pod first-1");
        bench.handle(deprovision);
        assertThat(bench.observations.of(deprovision.commandId())).isEmpty();
        AgentCommand kill = Samples.kill(Samples.AGENT);
        bench.cluster.staying.clear();

        bench.handle(kill);

        assertThat(bench.observations.of(kill.commandId()))
                .containsExactly(new Removed(Samples.AGENT, kill.commandId(), Cause.KILLED, null));
        assertThat(bench.observations.of(deprovision.commandId()))
                .containsExactly(new Removed(Samples.AGENT, deprovision.commandId(), Cause.KILLED, null));
    }

    @Test
    void aRemovalThatTakesTimeEndsByItself() {
        bench.handle(provision);
        bench.cluster.staying.add("Pod first-1");
        bench.handle(deprovision);
        bench.retries.runAll();
        assertThat(bench.observations.of(deprovision.commandId())).isEmpty();
        assertThat(bench.records.names).containsKey("first");

        bench.cluster.staying.clear();
        bench.retries.runAll();

        assertThat(bench.observations.of(deprovision.commandId())).hasSize(1).allMatch(Removed.class::isInstance);
        assertThat(bench.retries.delays()).isEmpty();
    }

    @Test
    void aNameThatIsAnothersAppliesNothing() {
        bench.records.names.put("first", Samples.fresh());

        bench.handle(provision);

        assertThat(bench.cluster.applies).isZero();
        assertThat(bench.observations.of(provision.commandId()))
                .singleElement()
                .isInstanceOfSatisfying(Removed.class, said -> {
                    assertThat(said.cause()).isEqualTo(Cause.NAME_TAKEN);
                    assertThat(said.reason()).contains("first");
                });
        assertThat(bench.records.names).containsKey("first");
        assertThat(bench.records.row(Samples.AGENT).phase()).isEqualTo(Phase.REMOVED);
    }

    @Test
    void commandsForTheUnknownAndTheRemovedAreRejected() {
        AgentCommand early = Samples.scale(Samples.AGENT, 2);
        bench.handle(early);
        bench.handle(provision);
        bench.handle(deprovision);
        AgentCommand late = Samples.restart(Samples.AGENT);
        bench.handle(late);

        assertThat(bench.observations.of(early.commandId())).hasSize(1).allMatch(Rejected.class::isInstance);
        assertThat(bench.observations.of(late.commandId())).hasSize(1).allMatch(Rejected.class::isInstance);
        assertThat(bench.cluster.objects).isEmpty();
    }

    @Test
    void askingForWhatIsSaysNoChange() {
        bench.handle(provision);
        AgentCommand same = Samples.scale(Samples.AGENT, 1);

        bench.handle(same);

        assertThat(bench.observations.of(same.commandId())).hasSize(1).allMatch(NoChange.class::isInstance);
        assertThat(bench.cluster.applies).isEqualTo(1);
    }

    @Test
    void theLoserOfACompareAndSetReadsAgain() {
        AgentCommand scale = Samples.scale(Samples.AGENT, 3);
        Bench other = new Bench(bench.records, bench.cluster, 10);
        bench.handle(provision);
        bench.records.beforeNextWrite(() -> other.handle(scale, 1));

        bench.handle(scale);

        assertThat(bench.records.row(Samples.AGENT).generation()).isEqualTo(2);
        assertThat(bench.observations.of(scale.commandId())).hasSize(1).allMatch(Applied.class::isInstance);
    }

    @Test
    void aCommandThatChangesSomethingReadsItsRowOnceToVerify() {
        bench.handle(provision);
        int reads = bench.records.reads;

        bench.handle(Samples.scale(Samples.AGENT, 3));

        assertThat(bench.records.reads).isEqualTo(reads + 1);
    }

    /** What an ordinary read shows may be older than what is: no answer comes of it but a write that is refused then. */
    @Test
    void whatAnEarlierRowWouldAnswerIsNotAnswered() {
        bench.handle(provision);
        Optional<DesiredAgent> provisioned = Optional.of(bench.records.row(Samples.AGENT));
        bench.records.glance = row -> provisioned;
        AgentCommand up = Samples.scale(Samples.AGENT, 3);
        AgentCommand down = Samples.scale(Samples.AGENT, 1);
        bench.handle(up);

        bench.handle(down);
        bench.records.glance = row -> Optional.empty();
        bench.handle(deprovision);

        assertThat(bench.observations.of(down.commandId())).hasSize(1).allMatch(Applied.class::isInstance);
        assertThat(bench.observations.of(deprovision.commandId())).hasSize(1).allMatch(Removed.class::isInstance);
    }

    @Test
    void aRemovalReadsItsRowToVerifyOnceItHasEnded() {
        bench.handle(provision);
        bench.cluster.staying.add("Pod first-1");
        int reads = bench.records.reads;
        bench.handle(deprovision);
        bench.retries.runAll();
        assertThat(bench.records.reads).isEqualTo(reads);

        bench.cluster.staying.clear();
        bench.retries.runAll();

        assertThat(bench.records.reads).isEqualTo(reads + 1);
        assertThat(bench.observations.of(deprovision.commandId())).hasSize(1).allMatch(Removed.class::isInstance);
    }

    /** A retry whose ordinary read shows no row does not give its agent up. */
    @Test
    void aRetryThatSeesNoRowReadsIt() {
        bench.handle(provision);
        bench.cluster.staying.add("Pod first-1");
        bench.handle(deprovision);
        bench.cluster.staying.clear();
        bench.records.glance = row -> Optional.empty();

        bench.retries.runAll();

        assertThat(bench.observations.of(deprovision.commandId())).hasSize(1).allMatch(Removed.class::isInstance);
    }

    /** Another worker folds and finishes a delete while this one applies: act-then-verify takes back what it applied. */
    @Test
    void whatAZombieAppliesItTakesBack() {
        Bench owner = new Bench(bench.records, bench.cluster, 10);
        bench.cluster.afterApply = () -> {
            owner.handle(deprovision, 1);
            bench.cluster.objects.put(Samples.AGENT, List.of());
        };

        bench.handle(provision);

        assertThat(bench.cluster.objects).isEmpty();
        assertThat(bench.records.names).isEmpty();
        assertThat(bench.observations.of(provision.commandId())).hasSize(1).allMatch(NoChange.class::isInstance);
        assertThat(owner.observations.of(deprovision.commandId())).hasSize(1).allMatch(Removed.class::isInstance);
    }

    /** Negative control of the test above: a worker that does not see the newer state leaks what it applied. */
    @Test
    void withoutTheVerificationAZombieLeaks() {
        Bench owner = new Bench(bench.records, bench.cluster, 10);
        bench.cluster.afterApply = () -> {
            DesiredAgent acted = bench.records.row(Samples.AGENT);
            owner.handle(deprovision, 1);
            bench.cluster.objects.put(Samples.AGENT, List.of());
            bench.records.frozen = acted;
        };

        bench.handle(provision);

        assertThat(bench.cluster.objects).containsKey(Samples.AGENT);
    }

    /** Found by the model of the interleavings: the retry stopped at the row that says REMOVED. */
    @Test
    void aZombieGoesOnUntilWhatItMadeIsGoneAlsoWhenThatTakesRetries() {
        Bench owner = new Bench(bench.records, bench.cluster, 10);
        bench.cluster.afterApply = () -> {
            owner.handle(deprovision, 1);
            bench.cluster.staying.add("Deployment first");
            bench.cluster.objects.put(Samples.AGENT, List.of());
            bench.records.names.put("first", Samples.AGENT);
        };
        bench.handle(provision);

        bench.cluster.staying.clear();
        bench.retries.runAll();

        assertThat(bench.cluster.objects).isEmpty();
        assertThat(bench.records.names).isEmpty();
    }

    @Test
    void withoutKafkaTheCommandIsNotDoneAndLaterIs() {
        bench.observations.refuse = true;
        assertThat(bench.handle(provision)).isFalse();

        bench.observations.refuse = false;
        bench.retries.runAll();

        List<Observation> outcomes = bench.observations.of(provision.commandId());
        assertThat(outcomes).hasSize(1).allMatch(Applied.class::isInstance);
    }

    @Test
    void withoutKafkaAnAnswerIsNotGivenAndTheListenerHearsOfIt() {
        bench.observations.refuse = true;

        assertThatThrownBy(() -> bench.handle(deprovision)).isInstanceOf(ObservationsUnavailable.class);
    }
}
