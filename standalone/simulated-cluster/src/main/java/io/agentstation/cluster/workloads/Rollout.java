package io.agentstation.cluster.workloads;

import io.agentstation.cluster.objects.ClusterObject;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How many replicas the new and the old ReplicaSets may have now, by the Deployment's strategy.
 *
 * @param old in all old ReplicaSets together
 */
record Rollout(int fresh, int old) {

    static Rollout of(ClusterObject deployment, ClusterObject current, List<ClusterObject> older) {
        int desired = desired(deployment);
        int oldPods = older.stream().mapToInt(set -> count(set, "replicas")).sum();
        if (deployment.spec().path("strategy").path("type").asString("").equals("Recreate")) {
            return new Rollout(oldPods == 0 ? desired : 0, 0);
        }
        int oldWanted = older.stream().mapToInt(Rollout::desired).sum();
        int room = desired + maxSurge(deployment) - oldWanted;
        int fresh = Math.max(Math.min(desired, desired(current)), Math.min(desired, room));
        int mustStay = desired - maxUnavailable(deployment) - count(current, "availableReplicas");
        return new Rollout(fresh, Math.max(0, Math.min(oldWanted, mustStay)));
    }

    static int desired(ClusterObject workload) {
        return workload.spec().path("replicas").asInt(1);
    }

    static int count(ClusterObject set, String field) {
        return set.status().path(field).asInt(0);
    }

    /** If both bounds come out as 0, Kubernetes lets one pod be unavailable, or nothing could ever change. */
    static int maxUnavailable(ClusterObject deployment) {
        JsonNode rolling = deployment.spec().path("strategy").path("rollingUpdate");
        int unavailable = Counts.of(rolling.path("maxUnavailable"), desired(deployment), false);
        return unavailable == 0 && maxSurge(deployment) == 0 ? 1 : unavailable;
    }

    private static int maxSurge(ClusterObject deployment) {
        JsonNode rolling = deployment.spec().path("strategy").path("rollingUpdate");
        return Counts.of(rolling.path("maxSurge"), desired(deployment), true);
    }
}
