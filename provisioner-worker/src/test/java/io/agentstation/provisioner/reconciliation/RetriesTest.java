package io.agentstation.provisioner.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.observations.Observation.Applied;
import io.agentstation.contracts.observations.Observation.Failed;
import io.agentstation.contracts.observations.Observation.Removed;
import io.agentstation.contracts.observations.Observation.StatusChanged;
import io.agentstation.provisioner.cluster.ClusterFailure;
import io.agentstation.provisioner.testing.Bench;
import io.agentstation.provisioner.testing.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private final Bench bench = new Bench();
    private final AgentCommand provision = Samples.provision(Samples.AGENT, "first");

    @Test
    void aTransientFailureIsSaidOnceAndThenAppliedByItself() {
        bench.cluster.failure = new ClusterFailure.Transient("The cluster's API does not answer");
        bench.handle(provision);
        bench.retries.runAll();
        bench.retries.runAll();

        bench.cluster.failure = null;
        bench.retries.runAll();

        List<Observation> said = bench.observations.of(provision.commandId());
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.retrying()).isTrue();
            assertThat(failed.reason()).contains("does not answer");
        });
        assertThat(said.get(1)).isInstanceOf(Applied.class);
        assertThat(bench.retries.delays()).isEmpty();
    }

    @Test
    void aDefectIsSaidAndTriedAgainWithGrowingWaitsLikeAFailure() {
        bench.cluster.defect = new IllegalStateException("nobody thought of it");
        assertThat(bench.handle(provision)).isTrue();
        for (int i = 0; i < 10; i++) {
            bench.retries.runAll();
        }
        assertThat(bench.observations.of(provision.commandId()))
                .singleElement()
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.retrying()).isTrue();
                    assertThat(failed.reason()).contains("defect", "IllegalStateException");
                });
        assertThat(bench.retries.delays())
                .singleElement()
                .satisfies(last -> assertThat(last).isBetween(30_000L, 60_000L));

        bench.cluster.defect = null;
        bench.retries.runAll();

        assertThat(bench.observations.of(provision.commandId()).get(1)).isInstanceOf(Applied.class);
        assertThat(bench.retries.delays()).isEmpty();
    }

    @Test
    void waitsGrowWithEachAttempt() {
        bench.cluster.failure = new ClusterFailure.Transient("away");
        bench.handle(provision);
        long first = bench.retries.delays().get(0);
        for (int i = 0; i < 10; i++) {
            bench.retries.runAll();
        }

        assertThat(first).isBetween(500L, 1_000L);
        assertThat(bench.retries.delays())
                .singleElement()
                .satisfies(last -> assertThat(last).isBetween(30_000L, 60_000L));
    }

    @Test
    void aClusterThatSaysWhenIsNotAskedEarlier() {
        bench.cluster.failure =
                new ClusterFailure.Transient("too many requests", new IOException("429"), Duration.ofSeconds(20));

        bench.handle(provision);

        assertThat(bench.retries.delays()).containsExactly(20_000L);
    }

    @Test
    void aPermanentRefusalIsNotRetriedUntilAnotherCommandMendsIt() {
        bench.cluster.failure = new ClusterFailure.Permanent("invalid image", new IOException("422"));
        bench.handle(provision);
        assertThat(bench.retries.delays()).isEmpty();
        assertThat(bench.observations.of(provision.commandId()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.retrying()).isFalse());

        bench.cluster.failure = null;
        AgentCommand mended = Samples.image(Samples.AGENT, "example/valid:1");
        bench.handle(mended);

        assertThat(bench.observations.of(mended.commandId())).hasSize(1).allMatch(Applied.class::isInstance);
        assertThat(bench.observations.of(provision.commandId()).get(1)).isInstanceOf(Applied.class);
    }

    @Test
    void oneBrokenAgentStopsNoOther() {
        bench.cluster.failure = new ClusterFailure.Transient("quota");
        bench.handle(provision);
        bench.cluster.failure = null;
        AgentCommand other = Samples.provision(Samples.fresh(), "second");

        bench.handle(other);

        assertThat(bench.observations.of(other.commandId())).hasSize(1).allMatch(Applied.class::isInstance);
    }

    @Test
    void theReasonIsShownAsLongAsItLasts() {
        bench.cluster.failure = new ClusterFailure.Transient("quota exceeded");
        bench.handle(provision);
        bench.statuses.runAll();
        assertThat(lastStatus().why()).isEqualTo("quota exceeded");

        bench.cluster.failure = null;
        bench.retries.runAll();
        bench.statuses.runAll();

        assertThat(lastStatus().why()).doesNotContain("quota");
    }

    @Test
    void whatAWorkerLeftUnfinishedTheNextOneFinishesOnAssignment() {
        bench.cluster.failure = new ClusterFailure.Transient("away");
        bench.handle(provision);
        bench.cluster.failure = null;

        Bench next = new Bench(bench.records, bench.cluster, 10);

        assertThat(next.observations.of(provision.commandId())).hasSize(1).allMatch(Applied.class::isInstance);
    }

    @Test
    void aRemovalCutShortIsFinishedOnAssignment() {
        bench.handle(provision);
        bench.cluster.staying.add("Pod first-1");
        AgentCommand deprovision = Samples.deprovision(Samples.AGENT);
        bench.handle(deprovision);
        bench.cluster.staying.clear();

        Bench next = new Bench(bench.records, bench.cluster, 10);

        assertThat(next.observations.of(deprovision.commandId())).hasSize(1).allMatch(Removed.class::isInstance);
        assertThat(bench.records.names).isEmpty();
    }

    @Test
    void anAgentThatFindsNoPlaceInTheQueueIsSpokenForByTheNextWalk() {
        Bench small = new Bench(bench.records, bench.cluster, 1);
        small.cluster.failure = new ClusterFailure.Transient("away");
        small.handle(provision);
        AgentCommand second = Samples.provision(Samples.fresh(), "second");
        small.handle(second);
        assertThat(small.retries.delays()).hasSize(1);

        assertThat(small.queue.takeOverflowed()).isTrue();
        assertThat(small.queue.takeOverflowed()).isFalse();
    }

    @Test
    void aDeploymentThatVanishesComesBack() {
        bench.handle(provision);
        bench.cluster.objects.clear();

        bench.changes.deploymentGone(Samples.AGENT, Bench.PARTITION);
        bench.retries.runAll();

        assertThat(bench.cluster.objects).containsKey(Samples.AGENT);
        assertThat(bench.observations.of(provision.commandId())).hasSize(1);
    }

    /** Its events come while the act is at another object, or waits for Kafka: the act's end must not forget them. */
    @Test
    void whatVanishesWhileItsAgentIsActedOnComesBackToo() {
        bench.cluster.afterApply = () -> {
            bench.cluster.objects.clear();
            bench.changes.deploymentGone(Samples.AGENT, Bench.PARTITION);
        };
        bench.handle(provision);
        bench.retries.runAll();
        assertThat(bench.cluster.objects).containsKey(Samples.AGENT);

        bench.changes.deploymentGone(Samples.AGENT, Bench.PARTITION);
        bench.cluster.afterApply = () -> {
            bench.cluster.objects.clear();
            bench.changes.drifted(Samples.AGENT, Bench.PARTITION);
        };
        bench.retries.runAll();
        bench.retries.runAll();

        assertThat(bench.cluster.objects).containsKey(Samples.AGENT);
        assertThat(bench.retries.delays()).isEmpty();
        assertThat(bench.observations.of(provision.commandId())).hasSize(1);
    }

    @Test
    void afterAPartitionHasMovedItsAgentsAreLeftAlone() {
        bench.cluster.failure = new ClusterFailure.Transient("away");
        bench.handle(provision);
        bench.cluster.failure = null;

        bench.reconciliation.revoked(List.of(Bench.PARTITION));
        bench.retries.runAll();

        assertThat(bench.cluster.objects).isEmpty();
    }

    @Test
    void variablesWithoutValuesFailInWords() {
        AgentCommand secretive = Samples.provision(
                Samples.AGENT, Samples.withEnvironment(Samples.spec("first"), "API_KEY", "LOG_LEVEL"));
        bench.records.environments.put(Samples.AGENT, Map.of("LOG_LEVEL", "debug"));

        bench.handle(secretive);

        assertThat(bench.observations.of(secretive.commandId()))
                .singleElement()
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.reason()).contains("API_KEY").doesNotContain("LOG_LEVEL", "debug");
                    assertThat(failed.retrying()).isFalse();
                });
        assertThat(bench.cluster.applies).isZero();
    }

    private StatusChanged lastStatus() {
        return (StatusChanged) bench.observations.all.stream()
                .filter(StatusChanged.class::isInstance)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
