package io.agentstation.cluster.workloads;

import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** ReplicaSets whose pods were refused: tried again when there may be room, and every 30 s. Thread-safe. */
final class RefusedPods {

    private static final long RETRY_SECONDS = 30;

    private final ScheduledExecutorService loop;
    private final Consumer<ObjectKey> queue;
    private final Set<ObjectKey> refused = new HashSet<>();

    RefusedPods(ScheduledExecutorService loop, Consumer<ObjectKey> queue) {
        this.loop = loop;
        this.queue = queue;
    }

    /** Whether a pod that was refused may fit after this change. */
    static boolean mayFit(Change change) {
        ResourceKind kind = change.object().kind();
        boolean podGone = kind.equals(ResourceKind.POD) && change.type() == Change.Type.DELETED;
        boolean otherQuota = kind.equals(ResourceKind.RESOURCE_QUOTA)
                && (change.before() == null
                        || change.type() == Change.Type.DELETED
                        || !change.before().spec().equals(change.object().spec()));
        return podGone || otherQuota;
    }

    /** Whether the ReplicaSet is not to try yet. Its status changes with each refusal, and it must not follow that. */
    boolean isWaiting(ObjectKey replicaSet) {
        synchronized (refused) {
            return refused.contains(replicaSet);
        }
    }

    void add(ObjectKey replicaSet) {
        synchronized (refused) {
            if (!refused.add(replicaSet)) {
                return;
            }
        }
        var unused = loop.schedule(() -> tryAgain(replicaSet), RETRY_SECONDS, TimeUnit.SECONDS);
    }

    void tryAgain() {
        List<ObjectKey> all;
        synchronized (refused) {
            all = List.copyOf(refused);
            refused.clear();
        }
        all.forEach(queue);
    }

    private void tryAgain(ObjectKey replicaSet) {
        synchronized (refused) {
            refused.remove(replicaSet);
        }
        queue.accept(replicaSet);
    }
}
