package io.agentstation.cluster.kubelet;

import io.agentstation.cluster.objects.ClusterObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/** One pod from its start to its deletion. Lives on the cluster's loop. */
final class PodRun {

    /** The kubelet's own back-off: 10 s, doubled up to 5 minutes. */
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);

    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    private static final Duration RETRY_OF_MISSING_REFERENCE = Duration.ofMillis(500);

    private final ClusterObject pod;
    private final Node node;
    private final List<ContainerRun> containers;
    private boolean stopped;

    PodRun(ClusterObject pod, Node node) {
        this.pod = pod;
        this.node = node;
        this.containers = pod.spec()
                .path("containers")
                .valueStream()
                .map(ContainerRun::new)
                .toList();
    }

    void start() {
        containers.forEach(this::start);
    }

    boolean isStopped() {
        return stopped;
    }

    /** Ends all programs at once. */
    void stop() {
        stopped = true;
        containers.forEach(ContainerRun::stop);
    }

    private void start(ContainerRun run) {
        if (stopped) {
            return;
        }
        Map<String, String> variables;
        try {
            variables = node.environments().of(pod, run.spec());
        } catch (ContainerEnvironment.Unresolved e) {
            run.waitFor("CreateContainerConfigError", String.valueOf(e.getMessage()));
            report();
            later(RETRY_OF_MISSING_REFERENCE, run);
            return;
        }
        run.running(node.clock().instant());
        report();
        ContainerLog log = node.logs().open(pod.uid(), run.name());
        run.program(node.images().of(run.image()).start(container(run, variables, log)));
    }

    private ContainerProgram.Container container(ContainerRun run, Map<String, String> variables, ContainerLog log) {
        int start = run.starts();
        return new ContainerProgram.Container() {
            @Override
            public Map<String, String> environment() {
                return variables;
            }

            @Override
            public void log(String line) {
                log.add(line);
            }

            @Override
            public void exited(int code) {
                node.loop().execute(() -> {
                    if (run.starts() == start) {
                        ended(run, code);
                    }
                });
            }
        };
    }

    private void ended(ContainerRun run, int code) {
        if (stopped) {
            return;
        }
        run.ended(code, node.clock().instant());
        String policy = pod.spec().path("restartPolicy").asString("Always");
        if (policy.equals("Always") || (policy.equals("OnFailure") && code != 0)) {
            Duration wait = backOff(run.restarts());
            run.waitFor(
                    "CrashLoopBackOff",
                    "back-off " + wait.toSeconds() + "s restarting failed container=" + run.name() + " pod="
                            + pod.name());
            later(wait, run);
        }
        report();
    }

    private static Duration backOff(int restarts) {
        Duration wait = FIRST_BACK_OFF.multipliedBy(1L << Math.min(restarts, 5));
        return wait.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : wait;
    }

    private void later(Duration wait, ContainerRun run) {
        var unused = node.loop().schedule(() -> start(run), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void report() {
        node.store().amend(pod, json -> {
            ObjectNode status = PodStatus.of(
                    new ClusterObject(pod.kind(), json),
                    containers,
                    phase(),
                    node.clock().instant());
            json.set("status", status);
            json.withObjectProperty("spec").put("nodeName", Node.NAME);
            return json;
        });
    }

    private String phase() {
        if (containers.stream().anyMatch(run -> run.starts() == 0)) {
            return "Pending";
        }
        boolean ended = containers.stream().allMatch(ContainerRun::isEndedForGood);
        if (!ended) {
            return "Running";
        }
        return containers.stream().allMatch(ContainerRun::hasSucceeded) ? "Succeeded" : "Failed";
    }
}
