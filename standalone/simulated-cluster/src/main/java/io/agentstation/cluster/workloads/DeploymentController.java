package io.agentstation.cluster.workloads;

import io.agentstation.cluster.events.Events;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.Deletion;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Rolls a Deployment's template out over ReplicaSets and tells in its status how far it is. */
final class DeploymentController {

    private final ObjectStore store;
    private final ScheduledExecutorService loop;
    private final Events.Source events;
    private final ReplicaSets replicaSets;
    private final DeploymentStatus statuses;
    private final Map<ObjectKey, Future<?>> deadlines = new HashMap<>();

    DeploymentController(ObjectStore store, ScheduledExecutorService loop, Events.Source events, Clock clock) {
        this.store = store;
        this.events = events;
        this.loop = loop;
        this.replicaSets = new ReplicaSets(store);
        this.statuses = new DeploymentStatus(clock);
    }

    void reconcile(ObjectKey key) {
        Optional.ofNullable(deadlines.remove(key)).ifPresent(deadline -> deadline.cancel(false));
        store.get(key).filter(deployment -> !deployment.isDeleting()).ifPresent(deployment -> {
            ClusterObject current = current(deployment);
            rollOut(deployment, current);
            forget(deployment);
            report(deployment, current);
        });
    }

    private ClusterObject current(ClusterObject deployment) {
        List<ClusterObject> all = replicaSets.of(deployment);
        int last = all.stream().mapToInt(ReplicaSets::revision).max().orElse(0);
        Optional<ClusterObject> known = replicaSets.current(deployment, all);
        ClusterObject current = known.orElseGet(() -> replicaSets.create(deployment, last + 1));
        if (known.isPresent() && ReplicaSets.revision(current) < last) {
            replicaSets.setRevision(current, last + 1);
        }
        replicaSets.setRevision(
                deployment, Math.max(ReplicaSets.revision(current), known.isPresent() ? last : last + 1));
        return store.require(current.key());
    }

    private void rollOut(ClusterObject deployment, ClusterObject current) {
        List<ClusterObject> older = older(deployment, current);
        Rollout rollout = Rollout.of(deployment, current, older);
        scale(deployment, current, rollout.fresh());
        int left = rollout.old();
        // The youngest of the old keep their pods longest.
        for (int i = older.size() - 1; i >= 0; i--) {
            int share = Math.min(left, Rollout.desired(older.get(i)));
            scale(deployment, older.get(i), share);
            left -= share;
        }
    }

    private void scale(ClusterObject deployment, ClusterObject set, int replicas) {
        int before = Rollout.desired(set);
        if (before != replicas) {
            replicaSets.scale(set, replicas);
            events.normal(
                    deployment,
                    "ScalingReplicaSet",
                    "Scaled " + (replicas > before ? "up" : "down") + " replica set " + set.name() + " from " + before
                            + " to " + replicas);
        }
    }

    private void forget(ClusterObject deployment) {
        List<ClusterObject> empty = replicaSets.of(deployment).stream()
                .filter(set -> Rollout.desired(set) == 0 && Rollout.count(set, "replicas") == 0)
                .filter(set -> !replicaSets.current(deployment, List.of(set)).isPresent())
                .toList();
        int tooMany =
                empty.size() - deployment.spec().path("revisionHistoryLimit").asInt(10);
        empty.stream().limit(Math.max(0, tooMany)).forEach(set -> store.delete(set.key(), Deletion.of(set)));
    }

    private void report(ClusterObject deployment, ClusterObject current) {
        List<ClusterObject> all = replicaSets.of(deployment);
        ClusterObject fresh = store.require(current.key());
        store.amend(deployment, json -> {
            json.set("status", statuses.of(deployment, fresh, all));
            return json;
        });
        store.get(deployment.key())
                .flatMap(statuses::untilDeadline)
                .ifPresent(wait -> lookAgain(deployment.key(), wait));
    }

    private void lookAgain(ObjectKey key, Duration wait) {
        deadlines.put(key, loop.schedule(() -> reconcile(key), wait.toMillis() + 1, TimeUnit.MILLISECONDS));
    }

    private List<ClusterObject> older(ClusterObject deployment, ClusterObject current) {
        return replicaSets.of(deployment).stream()
                .filter(set -> !set.uid().equals(current.uid()))
                .toList();
    }
}
