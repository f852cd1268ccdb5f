package io.agentstation.cluster.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class RolloutTest {

    @ParameterizedTest(name = "{0} wanted, new {1} of which {2} available, old {3}: new {4}, old {5}")
    @CsvSource({
        "1, 0, 0, 0, 1, 0",
        "1, 0, 0, 1, 1, 1",
        "1, 1, 0, 1, 1, 1",
        "1, 1, 1, 1, 1, 0",
        "4, 0, 0, 4, 1, 3",
        "4, 1, 1, 3, 2, 2",
        "4, 4, 4, 1, 4, 0",
        "0, 1, 1, 0, 0, 0",
        "3, 5, 5, 0, 3, 0"
    })
    void replacesPodsWithinTheBounds(int wanted, int fresh, int available, int old, int nextFresh, int nextOld) {
        Rollout rollout = Rollout.of(
                workload(ResourceKind.DEPLOYMENT, wanted, 0),
                workload(ResourceKind.REPLICA_SET, fresh, available),
                List.of(workload(ResourceKind.REPLICA_SET, old, old)));

        assertThat(rollout).isEqualTo(new Rollout(nextFresh, nextOld));
    }

    private static ClusterObject workload(ResourceKind kind, int replicas, int available) {
        ObjectNode json = Json.object();
        ObjectNode spec = json.putObject("spec").put("replicas", replicas);
        spec.putObject("strategy")
                .put("type", "RollingUpdate")
                .putObject("rollingUpdate")
                .put("maxSurge", "25%")
                .put("maxUnavailable", "25%");
        json.putObject("status").put("replicas", replicas).put("availableReplicas", available);
        return new ClusterObject(kind, json);
    }
}
