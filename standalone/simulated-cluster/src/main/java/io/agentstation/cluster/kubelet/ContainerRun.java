package io.agentstation.cluster.kubelet;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.images.ContainerProgram;
import io.agentstation.cluster.images.SimulatedImage;
import io.agentstation.cluster.objects.ClusterObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One container of one pod: its state and its program. Lives on the cluster's loop. Keeps of its specification what is asked
 * for all the time; the rest is read from the pod, whose tree is not held either.
 */
final class ContainerRun {

    private final String name;
    private final String image;
    private final List<Integer> ports;
    private ObjectNode state = waiting("ContainerCreating", "");
    private @Nullable ObjectNode lastState;
    private ContainerProgram.@Nullable Running program;
    private int restarts;
    private int starts;
    // Also asked by the agents' threads, in place of a probe.
    private volatile boolean running;
    private String startedAt = "";

    ContainerRun(JsonNode spec) {
        this.name = spec.path("name").asString("").intern();
        this.image = spec.path("image").asString("").intern();
        this.ports = spec.path("ports")
                .valueStream()
                .map(declared -> declared.path("containerPort").asInt(0))
                .toList();
    }

    /** Its specification in its pod. */
    JsonNode spec(ClusterObject pod) {
        return pod.spec()
                .path("containers")
                .valueStream()
                .filter(container -> container.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("pod " + pod.name() + " has no container " + name));
    }

    String name() {
        return name;
    }

    String image() {
        return image;
    }

    boolean isRunning() {
        return running;
    }

    /** Whether it passes its readiness probe: what runs does, except for the image that never does. */
    boolean isReady() {
        return running && !SimulatedImage.NEVER_READY.is(image());
    }

    /** Whether it names the port as its own and is ready. */
    boolean isListening(int port) {
        return isReady() && ports.contains(port);
    }

    /** Whether it has ended and is not about to be restarted. */
    boolean isEndedForGood() {
        return state.has("terminated");
    }

    boolean hasSucceeded() {
        return state.path("terminated").path("exitCode").asInt(-1) == 0;
    }

    /** Which start this is, so that the end of an earlier program is not taken for the end of this one. */
    int starts() {
        return starts;
    }

    /** Counts a restart when it has run before. */
    void running(Instant now) {
        restarts += starts++ > 0 ? 1 : 0;
        running = true;
        startedAt = seconds(now);
        state = Json.object();
        state.putObject("running").put("startedAt", startedAt);
    }

    void program(ContainerProgram.Running started) {
        program = started;
    }

    /** What the container answers over HTTP; empty when it does not run, or does not answer. */
    Optional<String> page() {
        return program == null ? Optional.empty() : program.page();
    }

    /** Returns whether that is news. */
    boolean waitFor(String reason, String message) {
        ObjectNode before = state;
        running = false;
        state = waiting(reason, message);
        return !state.equals(before);
    }

    void ended(int code, Instant now) {
        running = false;
        program = null;
        ObjectNode terminated = Json.object();
        terminated
                .putObject("terminated")
                .put("exitCode", code)
                .put("reason", code == 0 ? "Completed" : "Error")
                .put("startedAt", startedAt)
                .put("finishedAt", seconds(now))
                .put("containerID", id());
        state = terminated;
        lastState = terminated;
    }

    void stop() {
        running = false;
        if (program != null) {
            program.close();
            program = null;
        }
    }

    ObjectNode status() {
        ObjectNode status = Json.object();
        status.put("name", name());
        status.set("state", state.deepCopy());
        status.set("lastState", lastState == null ? Json.object() : lastState.deepCopy());
        status.put("ready", isReady());
        status.put("started", running);
        status.put("restartCount", restarts);
        status.put("image", image());
        status.put("imageID", starts == 0 ? "" : "simulated://" + image());
        if (starts > 0) {
            status.put("containerID", id());
        }
        return status;
    }

    private String id() {
        return "simulated://" + name() + "-" + starts;
    }

    private static ObjectNode waiting(String reason, String message) {
        ObjectNode json = Json.object();
        ObjectNode waiting = json.putObject("waiting").put("reason", reason);
        if (!message.isEmpty()) {
            waiting.put("message", message);
        }
        return json;
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
