package io.agentstation.cluster.workloads;

import io.agentstation.cluster.events.Events;
import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.RandomNames;
import io.agentstation.cluster.objects.ResourceKind;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/** Keeps Deployments and ReplicaSets true: looks again at whatever has changed, and at its owner. */
public final class Workloads {

    private final ObjectStore store;
    private final WorkQueue deployments;
    private final WorkQueue replicaSets;
    private final RefusedPods refused;

    /** @param loop runs everything, one task at a time */
    public Workloads(ObjectStore store, ScheduledExecutorService loop, RandomNames names, Events events, Clock clock) {
        this.store = store;
        DeploymentController deploymentController =
                new DeploymentController(store, loop, events.from("deployment-controller"), clock);
        this.refused = new RefusedPods(loop, key -> replicaSets().add(key));
        ReplicaSetController replicaSetController =
                new ReplicaSetController(store, names, events.from("replicaset-controller"), refused, clock);
        this.deployments = new WorkQueue(loop, deploymentController::reconcile);
        this.replicaSets = new WorkQueue(loop, replicaSetController::reconcile);
    }

    /** Follows all changes from now on, beginning with everything that is there; the returned action ends it. */
    public Runnable start() {
        Runnable stop = store.listen(this::follow);
        store.all().forEach(this::look);
        return stop;
    }

    private WorkQueue replicaSets() {
        return replicaSets;
    }

    private void follow(Change change) {
        look(change.object());
        if (RefusedPods.mayFit(change)) {
            refused.tryAgain();
        }
    }

    private void look(ClusterObject object) {
        if (object.kind().equals(ResourceKind.DEPLOYMENT)) {
            deployments.add(object.key());
        } else if (object.kind().equals(ResourceKind.REPLICA_SET)) {
            replicaSets.add(object.key());
            owner(object, deployments);
        } else if (object.kind().equals(ResourceKind.POD)) {
            owner(object, replicaSets);
        }
    }

    private void owner(ClusterObject object, WorkQueue queue) {
        object.controllerUid().flatMap(store::withUid).map(ClusterObject::key).ifPresent(queue::add);
    }
}
