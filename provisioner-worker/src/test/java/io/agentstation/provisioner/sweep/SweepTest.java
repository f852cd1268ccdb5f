package io.agentstation.provisioner.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.OwnedPartitions;
import io.agentstation.provisioner.cluster.ClusterFailure;
import io.agentstation.provisioner.cluster.StationObjects;
import io.agentstation.provisioner.fold.Fold;
import io.agentstation.provisioner.testing.Bench;
import io.agentstation.provisioner.testing.FakeRecords;
import io.agentstation.provisioner.testing.MovableClock;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final int OWNED = Bench.PARTITION;
    private static final int ANOTHERS = 7;
    private static final SweepRules WITHOUT_GUARDS = new SweepRules(Integer.MAX_VALUE, 1, Duration.ZERO);

    private final FakeRecords records = new FakeRecords();
    private final FakeObjects cluster = new FakeObjects();
    private final OwnedPartitions owned = new OwnedPartitions();
    private final MovableClock clock = new MovableClock();
    private final Sweep sweep = new Sweep(records, cluster, owned, new AgentLocks(), SweepRules.DEFAULT, clock);

    @BeforeEach
    void own() {
        owned.add(List.of(OWNED));
    }

    @Test
    void whatIsLeftOfARemovedAgentIsDeleted() {
        AgentId living = agent(Phase.RUN);
        AgentId removed = agent(Phase.REMOVED);
        cluster.holds(living, OWNED);
        cluster.holds(removed, OWNED);

        SweepReport report = sweep.sweep();

        assertThat(report).isEqualTo(new SweepReport(2, 1, 1, null));
        assertThat(cluster.agents()).containsExactly(living);
    }

    @Test
    void anAgentThatIsBeingRemovedIsLeftToItsRemoval() {
        cluster.holds(agent(Phase.DELETE), OWNED);
        cluster.holds(agent(Phase.KILL), OWNED);

        assertThat(sweep.sweep().orphans()).isZero();
    }

    @Test
    void whatHasNoRowIsDeletedOnlyAfterAnHourWithoutOne() {
        cluster.holds(agent(Phase.RUN), OWNED);
        AgentId unknown = Samples.fresh();
        cluster.holds(unknown, OWNED);

        assertThat(sweep.sweep().deleted()).isZero();
        clock.pass(Duration.ofMinutes(59));
        assertThat(sweep.sweep().deleted()).isZero();
        assertThat(cluster.agents()).contains(unknown);
        clock.pass(Duration.ofMinutes(1));

        assertThat(sweep.sweep().deleted()).isEqualTo(1);
        assertThat(cluster.agents()).doesNotContain(unknown);
    }

    @Test
    void theHourBeginsAnewWhenARowWasThereMeanwhile() {
        cluster.holds(agent(Phase.RUN), OWNED);
        AgentId comesAndGoes = Samples.fresh();
        cluster.holds(comesAndGoes, OWNED);
        sweep.sweep();
        clock.pass(Duration.ofMinutes(59));
        records.rows.put(comesAndGoes, row(comesAndGoes, Phase.RUN));
        sweep.sweep();
        records.rows.remove(comesAndGoes);

        sweep.sweep();
        clock.pass(Duration.ofMinutes(2));

        assertThat(sweep.sweep().deleted()).isZero();
    }

    @Test
    void partitionsOfOthersAreNotTouched() {
        AgentId removed = agent(Phase.REMOVED);
        cluster.holds(removed, ANOTHERS);

        assertThat(sweep.sweep().agents()).isZero();
        assertThat(cluster.agents()).containsExactly(removed);
    }

    @Test
    void anObjectOnItsWayOutIsNoOrphan() {
        AgentId removed = agent(Phase.REMOVED);
        cluster.holds(removed, OWNED);
        cluster.objects.get(0).getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        assertThat(sweep.sweep().orphans()).isZero();
    }

    @Test
    void anEmptiedStoreDeletesNothingEver() {
        cluster.holds(Samples.fresh(), OWNED);
        sweep.sweep();
        clock.pass(Duration.ofDays(30));

        SweepReport report = sweep.sweep();

        assertThat(report.deleted()).isZero();
        assertThat(report.alarm()).contains("The store holds no agent");
        assertThat(cluster.agents()).hasSize(1);
    }

    /** The control: by these rules, and with a single row left, an emptied store takes the whole fleet with it. */
    @Test
    void withoutTheGuardsAnEmptiedStoreDeletesTheFleet() {
        for (int i = 0; i < 100; i++) {
            cluster.holds(Samples.fresh(), OWNED);
        }
        cluster.holds(agent(Phase.RUN), OWNED);
        Sweep unguarded = new Sweep(records, cluster, owned, new AgentLocks(), WITHOUT_GUARDS, clock);

        assertThat(sweep.sweep().deleted()).isZero();
        assertThat(unguarded.sweep().deleted()).isEqualTo(100);
    }

    @Test
    void moreThanATenthAtOnceStopsTheSweepAndIsShown() {
        for (int i = 0; i < 18; i++) {
            cluster.holds(agent(Phase.RUN), OWNED);
        }
        cluster.holds(agent(Phase.REMOVED), OWNED);
        cluster.holds(agent(Phase.REMOVED), OWNED);
        assertThat(sweep.sweep().deleted()).as("2 of 20").isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            cluster.holds(agent(Phase.REMOVED), OWNED);
        }
        SimpleMeterRegistry meters = new SimpleMeterRegistry();

        new SweepTask(sweep, meters).run();

        assertThat(meters.get("station.provisioner.sweep.stopped").gauge().value())
                .isEqualTo(1);
        assertThat(meters.get("station.provisioner.sweep.orphans").gauge().value())
                .isEqualTo(3);
        assertThat(meters.get("station.provisioner.sweep.deleted").counter().count())
                .isZero();
        assertThat(cluster.agents()).hasSize(21);
    }

    @Test
    void moreThanTwentyAtOnceStopTheSweep() {
        for (int i = 0; i < 400; i++) {
            cluster.holds(agent(Phase.RUN), OWNED);
        }
        for (int i = 0; i < 21; i++) {
            cluster.holds(agent(Phase.REMOVED), OWNED);
        }

        SweepReport report = sweep.sweep();

        assertThat(report.deleted()).isZero();
        assertThat(report.alarm()).contains("Too many");
    }

    @Test
    void aClusterThatIsAwayIsSweptTheNextTime() {
        SweepTask task = new SweepTask(sweep, new SimpleMeterRegistry());
        cluster.failure = new ClusterFailure.Transient("away");
        AgentId removed = agent(Phase.REMOVED);
        cluster.holds(removed, OWNED);

        task.run();
        assertThat(cluster.agents()).hasSize(1);
        cluster.failure = null;
        task.run();

        assertThat(cluster.agents()).isEmpty();
    }

    private AgentId agent(Phase phase) {
        AgentId agent = Samples.fresh();
        records.rows.put(agent, row(agent, phase));
        return agent;
    }

    private static DesiredAgent row(AgentId agent, Phase phase) {
        var provision = Samples.provision(agent, "a");
        DesiredAgent running = new DesiredAgent(
                OWNED, agent, 0, 1, phase, Samples.spec("a"), provision.commandId(), provision.operation(), null, 0);
        return phase == Phase.REMOVED ? Fold.removed(running) : running;
    }

    /** What the cluster holds, by the labels alone. */
    private static final class FakeObjects implements StationObjects {

        private final List<HasMetadata> objects = new ArrayList<>();
        private @org.jspecify.annotations.Nullable ClusterFailure failure;

        void holds(AgentId agent, int partition) {
            objects.add(new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName("agent-" + agent)
                    .withUid(UUID.randomUUID().toString())
                    .withLabels(Map.of(
                            "agentstation.io/agent",
                            agent.toString(),
                            "agentstation.io/partition",
                            Integer.toString(partition)))
                    .endMetadata()
                    .build());
        }

        List<AgentId> agents() {
            return objects.stream()
                    .map(object -> AgentId.of(object.getMetadata().getName().substring("agent-".length())))
                    .toList();
        }

        @Override
        public List<HasMetadata> listAll() {
            if (failure != null) {
                throw failure;
            }
            return List.copyOf(objects);
        }

        @Override
        public void delete(HasMetadata object) {
            objects.removeIf(held ->
                    held.getMetadata().getUid().equals(object.getMetadata().getUid()));
        }
    }
}
