package io.agentstation.cluster.workloads;

import io.agentstation.cluster.objects.ObjectKey;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Objects to look at again; one that waits already is not added twice. Thread-safe. */
final class WorkQueue {

    private final Set<ObjectKey> waiting = new HashSet<>();
    private final Executor executor;
    private final Consumer<ObjectKey> reconcile;

    WorkQueue(Executor executor, Consumer<ObjectKey> reconcile) {
        this.executor = executor;
        this.reconcile = reconcile;
    }

    void add(ObjectKey key) {
        synchronized (waiting) {
            if (!waiting.add(key)) {
                return;
            }
        }
        executor.execute(() -> {
            synchronized (waiting) {
                waiting.remove(key);
            }
            reconcile.accept(key);
        });
    }
}
