package io.agentstation.cluster.kubelet;

import io.agentstation.cluster.objects.ClusterObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The readiness probe of a container that is never ready: fails every 10 s while it runs. Lives on the cluster's loop. */
final class FailingProbe {

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final ClusterObject pod;
    private final ContainerRun run;
    private final Node node;
    private final int start;

    FailingProbe(ClusterObject pod, ContainerRun run, Node node) {
        this.pod = pod;
        this.run = run;
        this.node = node;
        this.start = run.starts();
    }

    void start() {
        if (run.isRunning() && run.starts() == start) {
            node.events()
                    .warning(
                            pod,
                            run.name(),
                            "Unhealthy",
                            "Readiness probe failed: HTTP probe failed with statuscode: 503");
            var unused = node.loop().schedule(this::start, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
