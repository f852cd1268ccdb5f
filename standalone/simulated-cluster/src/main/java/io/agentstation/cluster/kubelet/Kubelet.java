package io.agentstation.cluster.kubelet;

import io.agentstation.agent.AgentRuntime;
import io.agentstation.cluster.events.Events;
import io.agentstation.cluster.images.ImagePrograms;
import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs every pod of the cluster on one simulated node. */
public final class Kubelet {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final Node node;
    private final Events.Source scheduler;
    private final Map<String, PodRun> runs = new HashMap<>();
    private Runnable unlisten = () -> {};

    /**
     * A kubelet that is not yet started.
     *
     * @param loop   runs everything, one task at a time
     * @param agents what the agents in the pods share; their timers do not run on the loop
     */
    public Kubelet(
            ObjectStore store,
            ScheduledExecutorService loop,
            PodLogs logs,
            AgentRuntime agents,
            Events events,
            PodPacing pacing) {
        this.node = new Node(
                store,
                loop,
                agents.clock(),
                logs,
                new ImagePrograms(agents),
                new ContainerEnvironment(store),
                events.from("kubelet"),
                pacing);
        this.scheduler = events.from("default-scheduler");
    }

    /** Follows all changes of pods from now on, beginning with the pods that are there. */
    public void start() {
        unlisten = node.store().listen(this::follow);
        node.store().list(ResourceKind.POD, Optional.empty()).forEach(this::look);
    }

    /** What a pod answers over HTTP; empty when it runs nothing that answers. Completes on the loop. */
    public CompletableFuture<Optional<String>> page(String podUid) {
        return CompletableFuture.supplyAsync(
                () -> Optional.ofNullable(runs.get(podUid)).flatMap(PodRun::page), node.loop());
    }

    /** Stops all programs. To be called on the loop, or when it has ended. */
    public void stop() {
        unlisten.run();
        runs.values().forEach(PodRun::stop);
        runs.clear();
    }

    private void follow(Change change) {
        ClusterObject pod = change.object();
        if (!pod.kind().equals(ResourceKind.POD)) {
            return;
        }
        if (change.type() == Change.Type.DELETED) {
            node.loop().execute(() -> forget(pod));
        } else {
            look(pod);
        }
    }

    private void look(ClusterObject pod) {
        node.loop().execute(() -> {
            if (pod.isDeleting()) {
                end(pod);
            } else if (!ENDED.contains(pod.status().path("phase").asString(""))
                    && node.store().withUid(pod.uid()).isPresent()) {
                runs.computeIfAbsent(pod.uid(), uid -> begin(pod));
            }
        });
    }

    private PodRun begin(ClusterObject pod) {
        PodRun run = new PodRun(pod, node);
        if (!pod.spec().has("nodeName")) {
            scheduler.normal(
                    pod,
                    "Scheduled",
                    "Successfully assigned " + pod.namespace() + "/" + pod.name() + " to " + Node.NAME);
        }
        after(node.pacing().start(), run::start);
        return run;
    }

    private void end(ClusterObject pod) {
        PodRun run = runs.get(pod.uid());
        if (run != null && run.isEnding()) {
            return;
        }
        Duration left = run == null ? node.pacing().stop() : run.end(pod);
        after(left, () -> node.store().finish(pod));
    }

    private void forget(ClusterObject pod) {
        PodRun run = runs.remove(pod.uid());
        if (run != null) {
            run.stop();
        }
        node.logs().forget(pod.uid());
    }

    private void after(Duration delay, Runnable task) {
        var unused = node.loop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
