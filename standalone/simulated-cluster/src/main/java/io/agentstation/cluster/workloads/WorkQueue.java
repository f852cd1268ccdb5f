package io.agentstation.cluster.workloads;

import io.agentstation.cluster.objects.ObjectKey;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Objects to look at again; one that waits already is not added twice. Thread-safe. */
final class WorkQueue {

    private static final long RETRY_MS = 1_000;

    private final Set<ObjectKey> waiting = new HashSet<>();
    private final ScheduledExecutorService loop;
    private final Consumer<ObjectKey> reconcile;

    WorkQueue(ScheduledExecutorService loop, Consumer<ObjectKey> reconcile) {
        this.loop = loop;
        this.reconcile = reconcile;
    }

    void add(ObjectKey key) {
        synchronized (waiting) {
            if (!waiting.add(key)) {
                return;
            }
        }
        loop.execute(() -> {
            synchronized (waiting) {
                waiting.remove(key);
            }
            reconcileOrRetry(key);
        });
    }

    private void reconcileOrRetry(ObjectKey key) {
        boolean done = false;
        try {
            reconcile.accept(key);
            done = true;
        } finally {
            // The loop logs the failure; without another look the object would stay as it is until it changes.
            if (!done) {
                var unused = loop.schedule(() -> add(key), RETRY_MS, TimeUnit.MILLISECONDS);
            }
        }
    }
}
