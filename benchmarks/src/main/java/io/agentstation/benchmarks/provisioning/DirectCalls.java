package io.agentstation.benchmarks.provisioning;

import io.agentstation.provisioner.cluster.KubernetesCluster;
import io.agentstation.provisioner.cluster.NamespaceQuota;
import io.agentstation.provisioner.objects.AgentObjects;
import io.agentstation.provisioner.objects.ManifestSettings;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls that a provisioner makes to the API server, and nothing else: no command, no row, no name, no outcome. */
final class DirectCalls {

    static final String STATION = "direct";

    // As the provisioner waits between two looks at what is left.
    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private static final ManifestSettings SETTINGS = new ManifestSettings(
            STATION,
            "agents",
            "is.plugged.in",
            URI.create("http://127.0.0.1:9"),
            "letsencrypt-prod",
            null,
            null,
            "agentstation/station-agent:0.1.0");

    private final KubernetesCluster cluster;

    DirectCalls(KubernetesClient client) {
        this.cluster = new KubernetesCluster(client, "agents", STATION, NamespaceQuota.NONE);
    }

    /** How many of its objects are there. */
    int left() {
        return cluster.listAll().size();
    }

    /** Makes one agent's objects so. */
    void apply(DesiredAgent row) {
        cluster.apply(new AgentObjects(row, SETTINGS, "agt_benchmark", Map.of()));
    }

    /** Removes what is there of one agent; true when nothing is. */
    boolean remove(DesiredAgent row) {
        return cluster.remove(row, () -> true).isEmpty();
    }

    /** Creates, scales and deletes all of them, so many at once; the seconds of each. */
    Seconds live(Fleet fleet, int concurrency) {
        return new Seconds(
                all(fleet.rows(0, Phase.RUN), concurrency, this::apply),
                all(fleet.rows(1, Phase.RUN), concurrency, this::apply),
                removeAll(fleet.rows(1, Phase.DELETE), concurrency));
    }

    private static double all(List<DesiredAgent> rows, int concurrency, Consumer<DesiredAgent> call) {
        return run(rows, concurrency, (work, row) -> {
            call.accept(row);
            work.done().countDown();
        });
    }

    private double removeAll(List<DesiredAgent> rows, int concurrency) {
        return run(rows, concurrency, (work, row) -> remove(work, row, FIRST_PAUSE_MS));
    }

    private void remove(Work work, DesiredAgent row, long pauseMs) {
        if (remove(row)) {
            work.done().countDown();
        } else {
            var unused = work.threads()
                    .schedule(
                            () -> work.guard(() -> remove(work, row, Math.min(LONGEST_PAUSE_MS, pauseMs * 3 / 2))),
                            pauseMs,
                            TimeUnit.MILLISECONDS);
        }
    }

    private interface Step {
        void take(Work work, DesiredAgent row);
    }

    /** What is under way; a call that fails ends the benchmark. */
    private record Work(
            ScheduledThreadPoolExecutor threads,
            CountDownLatch done,
            AtomicReference<@Nullable RuntimeException> failure) {

        void guard(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException e) {
                failure.set(e);
                while (done.getCount() > 0) {
                    done.countDown();
                }
            }
        }
    }

    private static double run(List<DesiredAgent> rows, int concurrency, Step step) {
        Work work = new Work(
                new ScheduledThreadPoolExecutor(concurrency), new CountDownLatch(rows.size()), new AtomicReference<>());
        long from = System.nanoTime();
        try {
            rows.forEach(row -> work.threads().execute(() -> work.guard(() -> step.take(work, row))));
            work.done().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            work.threads().shutdownNow();
        }
        RuntimeException failure = work.failure().get();
        if (failure != null) {
            throw failure;
        }
        return (System.nanoTime() - from) / 1e9;
    }
}
