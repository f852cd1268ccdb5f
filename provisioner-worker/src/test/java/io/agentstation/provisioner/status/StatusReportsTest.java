package io.agentstation.provisioner.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.observations.Observation.Completed;
import io.agentstation.contracts.observations.Observation.StatusChanged;
import io.agentstation.provisioner.testing.Bench;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.store.desired.DesiredAgent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusReportsTest {

    private final Bench bench = new Bench();

    @BeforeEach
    void anAgentThatIsApplied() {
        bench.handle(Samples.provision(Samples.AGENT, "first"));
        bench.observations.all.clear();
    }

    @Test
    void aChangeIsPublishedOnceHoweverOftenItIsMarked() {
        for (int i = 0; i < 3; i++) {
            bench.changes.changed(Samples.AGENT, Bench.PARTITION);
        }
        bench.statuses.runAll();
        bench.changes.changed(Samples.AGENT, Bench.PARTITION);
        bench.statuses.runAll();

        assertThat(bench.observations.all).hasSize(1);
    }

    @Test
    void withoutADeploymentTheStatusIsNull() {
        bench.cluster.objects.clear();
        bench.changes.changed(Samples.AGENT, Bench.PARTITION);
        bench.statuses.runAll();

        assertThat(last().status()).isNull();
        assertThat(last().why()).isNotNull();
    }

    @Test
    void anIncompleteCacheProvesNoAbsence() {
        bench.reports.report(agent());
        bench.cluster.objects.clear();
        bench.cluster.complete = false;

        bench.reports.report(agent());

        assertThat(last().status()).isNotNull();
    }

    @Test
    void othersPartitionsAreNotReported() {
        bench.reconciliation.revoked(List.of(Bench.PARTITION));
        bench.changes.changed(Samples.AGENT, Bench.PARTITION);
        bench.statuses.runAll();

        assertThat(bench.observations.all).isEmpty();
    }

    @Test
    void onAssignmentEverythingIsSaidAgain() {
        bench.reports.report(agent());
        StatusChanged before = last();
        bench.reconciliation.revoked(List.of(Bench.PARTITION));
        bench.observations.all.clear();

        bench.reconciliation.assigned(List.of(Bench.PARTITION));
        bench.statuses.runAll();

        assertThat(bench.observations.all).contains(before);
    }

    @Test
    void whileKafkaIsAwayTheReportWaits() {
        bench.observations.refuse = true;
        bench.changes.changed(Samples.AGENT, Bench.PARTITION);
        bench.statuses.runAll();

        bench.observations.refuse = false;
        bench.statuses.runAll();

        assertThat(bench.observations.all).hasSize(1);
    }

    @Test
    void aRemovedAgentIsNotReportedAnyMore() {
        bench.handle(Samples.deprovision(Samples.AGENT));
        bench.observations.all.clear();

        bench.changes.changed(Samples.AGENT, Bench.PARTITION);
        bench.statuses.runAll();

        assertThat(bench.observations.all).isEmpty();
    }

    @Test
    void thatADrainingAgentHasCompletedIsSaidOnce() {
        Instant at = Instant.parse("2026-11-22T08:00:45Z");
        bench.cluster.pods = List.of(CompletionTest.pod(CompletionTest.restarted("agent", 0, at)));
        bench.reports.report(agent());
        assertThat(bench.observations.all).noneMatch(Completed.class::isInstance);
        bench.handle(Samples.drain(Samples.AGENT));

        bench.reports.report(agent());
        bench.reports.report(agent());

        assertThat(bench.observations.all)
                .filteredOn(Completed.class::isInstance)
                .containsExactly(new Completed(Samples.AGENT, at));
    }

    private DesiredAgent agent() {
        return bench.records.row(Samples.AGENT);
    }

    private StatusChanged last() {
        return Optional.of(bench.observations.all)
                .map(all -> (StatusChanged) all.get(all.size() - 1))
                .orElseThrow();
    }
}
