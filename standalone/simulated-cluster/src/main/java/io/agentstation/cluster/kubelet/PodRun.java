package io.agentstation.cluster.kubelet;

import io.agentstation.cluster.images.SimulatedImage;
import io.agentstation.cluster.objects.ClusterObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One pod from its start to its deletion. Lives on the cluster's loop. */
final class PodRun {

    private final ClusterObject pod;
    private final Node node;
    private final List<ContainerLife> lives;
    private final List<ContainerRun> containers;
    private boolean ending;

    PodRun(ClusterObject pod, Node node) {
        this.pod = pod;
        this.node = node;
        this.containers = pod.spec()
                .path("containers")
                .valueStream()
                .map(ContainerRun::new)
                .toList();
        this.lives = containers.stream()
                .map(run -> new ContainerLife(pod, run, node, this::isListening, this::report))
                .toList();
    }

    void start() {
        lives.forEach(ContainerLife::start);
    }

    /** Whether it has been told to end. */
    boolean isEnding() {
        return ending;
    }

    /**
     * Asks all programs to end; returns how long the slowest takes, of which {@link #stop} makes an end.
     *
     * @param marked the pod, with the grace of its deletion
     */
    Duration end(ClusterObject marked) {
        ending = true;
        containers.stream()
                .filter(ContainerRun::isRunning)
                .forEach(run -> node.events().normal(pod, run.name(), "Killing", "Stopping container " + run.name()));
        boolean slow = containers.stream().anyMatch(run -> SimulatedImage.SLOW_STOP.is(run.image()));
        if (slow) {
            return Duration.ofSeconds(marked.json()
                    .path("metadata")
                    .path("deletionGracePeriodSeconds")
                    .asInt(0));
        }
        stop();
        return node.pacing().stop();
    }

    /** What the first of its containers that answers has to say over HTTP. */
    Optional<String> page() {
        return containers.stream().flatMap(run -> run.page().stream()).findFirst();
    }

    /** Ends all programs at once. */
    void stop() {
        ending = true;
        lives.forEach(ContainerLife::stop);
    }

    private boolean isListening(int port) {
        return containers.stream().anyMatch(run -> run.isListening(port));
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
