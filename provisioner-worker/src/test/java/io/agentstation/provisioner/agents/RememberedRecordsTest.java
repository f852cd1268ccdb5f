package io.agentstation.provisioner.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.provisioner.testing.Bench;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.store.desired.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberedRecordsTest {

    private final Bench bench = new Bench();

    private void status() {
        bench.changes.changed(Samples.AGENT, Bench.PARTITION);
        bench.statuses.runAll();
    }

    @Test
    void aStatusOfAnAgentThatWasActedOnReadsNothing() {
        bench.handle(Samples.provision(Samples.AGENT, "first"));
        int reads = bench.records.reads;

        status();

        assertThat(bench.records.reads).isEqualTo(reads);
        assertThat(bench.observations.all).isNotEmpty();
    }

    /** Whoever has the partition then may write its rows. */
    @Test
    void whatWasSeenInAPartitionThatMovesIsForgotten() {
        bench.handle(Samples.provision(Samples.AGENT, "first"));
        bench.remembered.forget(List.of(Bench.PARTITION + 1));
        assertThat(bench.remembered.phase(Samples.AGENT)).contains(Phase.RUN);

        bench.reconciliation.revoked(List.of(Bench.PARTITION));

        assertThat(bench.remembered.phase(Samples.AGENT)).isEmpty();
    }

    /** What an act that was under way put there after the partition had gone. */
    @Test
    void whatWasSeenBeforeAPartitionCameIsForgottenToo() {
        bench.handle(Samples.provision(Samples.AGENT, "first"));
        bench.records.rows.clear();

        bench.reconciliation.assigned(List.of(Bench.PARTITION));

        assertThat(bench.remembered.phase(Samples.AGENT)).isEmpty();
    }

    @Test
    void aNameIsConfirmedOnceUntilItIsReleased() {
        bench.handle(Samples.provision(Samples.AGENT, "first"));
        bench.handle(Samples.scale(Samples.AGENT, 3));
        assertThat(bench.records.confirmations).isEqualTo(1);

        RememberedRecords records = new RememberedRecords(bench.records);
        var agent = records.find(Bench.PARTITION, Samples.AGENT).orElseThrow();
        assertThat(records.confirmName(agent)).isTrue();
        records.release(agent);
        bench.records.names.put("first", Samples.fresh());

        assertThat(records.confirmName(agent)).isFalse();
    }

    @Test
    void ofARemovedAgentNothingIsKept() {
        bench.handle(Samples.provision(Samples.AGENT, "first"));
        bench.handle(Samples.deprovision(Samples.AGENT));
        RememberedRecords records = new RememberedRecords(bench.records);

        assertThat(records.find(Bench.PARTITION, Samples.AGENT))
                .hasValueSatisfying(row -> assertThat(row.phase()).isEqualTo(Phase.REMOVED));
        assertThat(records.phase(Samples.AGENT)).isEmpty();
    }
}
