package io.agentstation.cluster.kubelet;

import io.agentstation.agent.AgentRuntime;
import io.agentstation.agent.AgentWorkload;
import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs every pod of the cluster on one simulated node. */
public final class Kubelet {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final Node node;
    private final PodPacing pacing;
    private final Map<String, PodRun> runs = new HashMap<>();
    private Runnable unlisten = () -> {};

    /**
     * How long pods take.
     *
     * @param start from the creation of a pod until it runs
     * @param stop  from its deletion until it is gone
     */
    public record PodPacing(Duration start, Duration stop) {

        public PodPacing {
            if (start.isNegative() || stop.isNegative()) {
                throw new IllegalArgumentException("pods cannot start in " + start + " and stop in " + stop);
            }
        }
    }

    /**
     * A kubelet that is not yet started.
     *
     * @param loop   runs everything, one task at a time
     * @param agents what the agents in the pods share; their timers do not run on the loop
     */
    public Kubelet(
            ObjectStore store, ScheduledExecutorService loop, PodLogs logs, AgentRuntime agents, PodPacing pacing) {
        ContainerProgram agent =
                new AgentProgram(agents, () -> new AgentWorkload(new SimulatedUsage(agents.random()), () -> 0));
        this.node =
                new Node(store, loop, agents.clock(), logs, new ImagePrograms(agent), new ContainerEnvironment(store));
        this.pacing = pacing;
    }

    /** Follows all changes of pods from now on, beginning with the pods that are there. */
    public void start() {
        unlisten = node.store().listen(this::follow);
        node.store().list(ResourceKind.POD, Optional.empty()).forEach(this::look);
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
        after(pacing.start(), run::start);
        return run;
    }

    private void end(ClusterObject pod) {
        PodRun run = runs.get(pod.uid());
        if (run != null && run.isStopped()) {
            return;
        }
        if (run != null) {
            run.stop();
        }
        after(pacing.stop(), () -> node.store().finish(pod));
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
