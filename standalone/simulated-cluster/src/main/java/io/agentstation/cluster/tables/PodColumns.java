package io.agentstation.cluster.tables;

import io.agentstation.cluster.objects.ClusterObject;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A pod's columns; its status is the first word that says what is the matter (kubectl's {@code printPod}). */
final class PodColumns {

    static final List<Column> ALL = List.of(
            Column.NAME,
            Column.text("Ready", PodColumns::ready),
            Column.text("Status", PodColumns::status),
            Column.timed("Restarts", PodColumns::restarts),
            Column.AGE,
            Column.text("IP", pod -> pod.status().path("podIP").asString("<none>"))
                    .wide(),
            Column.text("Node", pod -> pod.spec().path("nodeName").asString("<none>"))
                    .wide(),
            Column.text("Nominated Node", pod -> "<none>").wide(),
            Column.text("Readiness Gates", pod -> "<none>").wide());

    private PodColumns() {}

    private static String ready(ClusterObject pod) {
        long ready = containers(pod).stream()
                .filter(status -> status.path("ready").asBoolean(false))
                .count();
        return ready + "/" + pod.spec().path("containers").size();
    }

    private static String status(ClusterObject pod) {
        if (pod.isDeleting()) {
            return "Terminating";
        }
        return containers(pod).stream()
                .map(status -> status.path("state"))
                .map(state -> state.path("waiting").path("reason").asString("")
                        + state.path("terminated").path("reason").asString(""))
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElseGet(() -> pod.status().path("phase").asString("Unknown"));
    }

    private static String restarts(ClusterObject pod, Instant now) {
        int restarts = containers(pod).stream()
                .mapToInt(status -> status.path("restartCount").asInt(0))
                .sum();
        return containers(pod).stream()
                .map(status -> status.path("lastState").path("terminated").path("finishedAt"))
                .filter(time -> restarts > 0 && !time.isMissingNode())
                .findFirst()
                .map(time -> restarts + " (" + Ages.since(time, now) + " ago)")
                .orElse(Integer.toString(restarts));
    }

    private static List<JsonNode> containers(ClusterObject pod) {
        return pod.status().path("containerStatuses").valueStream().toList();
    }
}
