package io.agentstation.provisioner.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.provisioner.testing.Bench;
import io.agentstation.provisioner.testing.Samples;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedChangesTest {

    private static final long AT_ONCE = 0;

    private final Bench bench = new Bench();

    @BeforeEach
    void anAgentThatIsApplied() {
        bench.handle(Samples.provision(Samples.AGENT, "first"));
    }

    private void leaves() {
        bench.cluster.staying.add("Pod first-1");
        bench.cluster.pods = List.of(new PodBuilder().build());
        bench.handle(Samples.deprovision(Samples.AGENT));
        bench.cluster.objects.clear();
    }

    @Test
    void anAgentThatLeavesIsNotTriedWhileItsPodsEnd() {
        leaves();

        bench.changes.deploymentGone(Samples.AGENT, Bench.PARTITION);
        bench.changes.drifted(Samples.AGENT, Bench.PARTITION);

        // The retry of the removal's own pace, and no other.
        assertThat(bench.retries.delays())
                .singleElement()
                .satisfies(delay -> assertThat(delay).isGreaterThan(AT_ONCE));
    }

    @Test
    void theEndOfTheLastPodOfAnAgentThatLeavesIsFollowedAtOnce() {
        leaves();
        bench.cluster.pods = List.of();

        bench.changes.podGone(Samples.AGENT, Bench.PARTITION);

        assertThat(bench.retries.delays()).containsExactly(AT_ONCE);
    }

    @Test
    void aDeploymentThatIsGoneLastIsFollowedAtOnce() {
        leaves();
        bench.cluster.pods = List.of();

        bench.changes.deploymentGone(Samples.AGENT, Bench.PARTITION);

        assertThat(bench.retries.delays()).containsExactly(AT_ONCE);
    }

    @Test
    void aPodOfAnAgentThatStaysIsItsReplicaSetsConcern() {
        bench.changes.podGone(Samples.AGENT, Bench.PARTITION);

        assertThat(bench.retries.delays()).isEmpty();
    }
}
