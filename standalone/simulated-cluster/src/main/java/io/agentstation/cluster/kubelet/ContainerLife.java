package io.agentstation.cluster.kubelet;

import io.agentstation.cluster.images.ContainerProgram;
import io.agentstation.cluster.images.SimulatedImage;
import io.agentstation.cluster.objects.ClusterObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** Starts one container of a pod, and starts it again, as the pod's restart policy says. Lives on the cluster's loop. */
final class ContainerLife {

    private static final Duration RETRY_OF_MISSING_REFERENCE = Duration.ofMillis(500);

    private final ClusterObject pod;
    private final ContainerRun run;
    private final Node node;
    private final ImagePull pull;
    private final BackOff restarts;
    private final IntPredicate listening;
    private final Runnable report;
    private boolean stopped;

    /**
     * @param listening whether a container of the pod listens on a port
     * @param report    to be run when the container's state has changed
     */
    ContainerLife(ClusterObject pod, ContainerRun run, Node node, IntPredicate listening, Runnable report) {
        this.pod = pod;
        this.run = run;
        this.node = node;
        this.pull = new ImagePull(pod, run, node);
        this.restarts = new BackOff(node.pacing().backOffSpeed());
        this.listening = listening;
        this.report = report;
    }

    ContainerRun run() {
        return run;
    }

    void start() {
        if (stopped) {
            return;
        }
        if (!pull.succeeds()) {
            report.run();
            var unused =
                    node.loop().schedule(this::backOffPull, ImagePull.FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        Map<String, String> variables;
        try {
            variables = node.environments().of(pod, run.spec(pod));
        } catch (ContainerEnvironment.Unresolved e) {
            unresolved(String.valueOf(e.getMessage()));
            return;
        }
        started(variables);
    }

    /** Ends the program at once. */
    void stop() {
        stopped = true;
        run.stop();
    }

    private void backOffPull() {
        if (!stopped) {
            Duration wait = pull.backOff();
            report.run();
            later(wait);
        }
    }

    private void unresolved(String why) {
        if (run.waitFor("CreateContainerConfigError", why)) {
            node.events().warning(pod, run.name(), "Failed", "Error: " + why);
            report.run();
        }
        later(RETRY_OF_MISSING_REFERENCE);
    }

    private void started(Map<String, String> variables) {
        run.running(node.clock().instant());
        node.events().normal(pod, run.name(), "Created", "Created container: " + run.name());
        node.events().normal(pod, run.name(), "Started", "Started container " + run.name());
        report.run();
        ContainerLog log = node.logs().open(pod.uid(), run.name());
        run.program(node.images().of(run.image()).start(variables, container(log)));
        if (SimulatedImage.NEVER_READY.is(run.image())) {
            new FailingProbe(pod, run, node).start();
        }
    }

    private ContainerProgram.Container container(ContainerLog log) {
        int start = run.starts();
        return new ContainerProgram.Container() {
            @Override
            public String pod() {
                return pod.name();
            }

            @Override
            public boolean isListening(int port) {
                return listening.test(port);
            }

            @Override
            public void log(String line) {
                log.add(line);
            }

            @Override
            public void exited(int code) {
                node.loop().execute(() -> {
                    if (run.starts() == start) {
                        log.end();
                        ended(code);
                    }
                });
            }
        };
    }

    private void ended(int code) {
        if (stopped) {
            return;
        }
        run.ended(code, node.clock().instant());
        String policy = pod.spec().path("restartPolicy").asString("Always");
        if (policy.equals("Always") || (policy.equals("OnFailure") && code != 0)) {
            Duration wait = restarts.next();
            String where = pod.name() + "_" + pod.namespace() + "(" + pod.uid() + ")";
            run.waitFor(
                    "CrashLoopBackOff",
                    "back-off " + restarts.told() + " restarting failed container=" + run.name() + " pod=" + where);
            node.events()
                    .warning(
                            pod,
                            run.name(),
                            "BackOff",
                            "Back-off restarting failed container " + run.name() + " in pod " + where);
            later(wait);
        }
        report.run();
    }

    private void later(Duration wait) {
        var unused = node.loop().schedule(this::start, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
}
