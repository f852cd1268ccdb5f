package io.agentstation.cluster.kubelet;

import io.agentstation.cluster.apply.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One container of one pod: its state and its program. Lives on the cluster's loop. */
final class ContainerRun {

    private final JsonNode spec;
    private ObjectNode state = waiting("ContainerCreating", "");
    private @Nullable ObjectNode lastState;
    private ContainerProgram.@Nullable Running program;
    private int restarts;
    private int starts;
    private boolean running;

    ContainerRun(JsonNode spec) {
        this.spec = spec;
    }

    JsonNode spec() {
        return spec;
    }

    String name() {
        return spec.path("name").asString("");
    }

    String image() {
        return spec.path("image").asString("");
    }

    boolean isRunning() {
        return running;
    }

    /** Whether it has ended and is not about to be restarted. */
    boolean isEndedForGood() {
        return state.has("terminated");
    }

    boolean hasSucceeded() {
        return state.path("terminated").path("exitCode").asInt(-1) == 0;
    }

    int restarts() {
        return restarts;
    }

    /** Which start this is, so that the end of an earlier program is not taken for the end of this one. */
    int starts() {
        return starts;
    }

    /** Counts a restart when it has run before. */
    void running(Instant now) {
        restarts += starts++ > 0 ? 1 : 0;
        running = true;
        state = Json.object();
        state.putObject("running").put("startedAt", seconds(now));
    }

    void program(ContainerProgram.Running started) {
        program = started;
    }

    void waitFor(String reason, String message) {
        running = false;
        state = waiting(reason, message);
    }

    void ended(int code, Instant now) {
        running = false;
        program = null;
        ObjectNode terminated = Json.object();
        terminated
                .putObject("terminated")
                .put("exitCode", code)
                .put("reason", code == 0 ? "Completed" : "Error")
                .put("finishedAt", seconds(now));
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
        status.put("ready", running);
        status.put("started", running);
        status.put("restartCount", restarts);
        status.put("image", image());
        status.put("imageID", starts == 0 ? "" : "simulated://" + image());
        if (starts > 0) {
            status.put("containerID", "simulated://" + name() + "-" + starts);
        }
        return status;
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
