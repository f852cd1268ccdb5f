package io.agentstation.cluster.workloads;

import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What controllers ask about pods. */
final class Pods {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private Pods() {}

    /** The pods that count as replicas of a ReplicaSet: neither ended nor about to be deleted. */
    static List<ClusterObject> activeOf(ObjectStore store, ClusterObject replicaSet) {
        return store.dependents(replicaSet.uid()).stream()
                .filter(pod -> pod.kind().equals(ResourceKind.POD))
                .filter(pod -> pod.controllerUid().equals(Optional.of(replicaSet.uid())))
                .filter(pod -> !pod.isDeleting()
                        && !ENDED.contains(pod.status().path("phase").asString("")))
                .toList();
    }

    static boolean isReady(ClusterObject pod) {
        return pod.isTrue("Ready");
    }

    /** For sorting: the resource version of a pod rises with its age only roughly, which is enough to choose by. */
    static long youngestFirst(ClusterObject pod) {
        return -pod.resourceVersion();
    }
}
