package io.agentstation.cluster.api;

import io.agentstation.cluster.kubelet.ContainerLog;
import io.agentstation.cluster.kubelet.PodLogs;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Answers {@code pods/log}: tailLines, sinceSeconds, sinceTime, timestamps, container. */
final class LogRequests {

    private final ObjectStore store;
    private final PodLogs logs;
    private final Clock clock;

    LogRequests(ObjectStore store, PodLogs logs, Clock clock) {
        this.store = store;
        this.logs = logs;
        this.clock = clock;
    }

    Answer get(Target target, ApiRequest request) {
        return Answer.text(print(log(target, request).lines(), request));
    }

    /**
     * The log of the container that a request means.
     *
     * @throws ApiFailure (400) when it has not started or there are several to choose from
     */
    ContainerLog log(Target target, ApiRequest request) {
        ClusterObject pod = store.require(target.key());
        String container = container(pod, request);
        if (request.flag("previous")) {
            return logs.previousOf(pod.uid(), container)
                    .orElseThrow(() -> ApiFailure.badRequest(
                            "previous terminated container \"" + container + "\" in pod \"" + pod.name()
                                    + "\" not found",
                            null));
        }
        return logs.of(pod.uid(), container)
                .orElseThrow(() -> ApiFailure.badRequest(
                        "container \"" + container + "\" in pod \"" + pod.name() + "\" is waiting to start: "
                                + whatFor(pod, container),
                        null));
    }

    /** In the kubelet's words. */
    private static String whatFor(ClusterObject pod, String container) {
        String reason = pod.status()
                .path("containerStatuses")
                .valueStream()
                .filter(status -> status.path("name").asString("").equals(container))
                .map(status ->
                        status.path("state").path("waiting").path("reason").asString(""))
                .findFirst()
                .orElse("");
        return switch (reason) {
            case "ErrImagePull" -> "image can't be pulled";
            case "ImagePullBackOff" -> "trying and failing to pull image";
            case "" -> "ContainerCreating";
            default -> reason;
        };
    }

    /** The lines that the request asks for. */
    String print(List<ContainerLog.Line> lines, ApiRequest request) {
        Instant since = since(request);
        List<ContainerLog.Line> wanted =
                lines.stream().filter(line -> !line.time().isBefore(since)).toList();
        int tail = request.parameter("tailLines").map(LogRequests::number).orElse(Integer.MAX_VALUE);
        Function<ContainerLog.Line, String> printer = printer(request);
        return wanted.stream()
                .skip(Math.max(0, wanted.size() - tail))
                .map(printer)
                .collect(Collectors.joining());
    }

    static Function<ContainerLog.Line, String> printer(ApiRequest request) {
        return request.flag("timestamps") ? line -> line.time() + " " + line.text() + "\n" : line -> line.text() + "\n";
    }

    private Instant since(ApiRequest request) {
        try {
            return request.parameter("sinceSeconds")
                    .map(seconds -> clock.instant().minusSeconds(number(seconds)))
                    .or(() -> request.parameter("sinceTime").map(Instant::parse))
                    .orElse(Instant.MIN);
        } catch (DateTimeException e) {
            throw ApiFailure.badRequest("sinceTime must be an RFC 3339 time", e);
        }
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw ApiFailure.badRequest("must be a number of at least 0: " + text, null);
        }
        return Integer.parseInt(text);
    }

    private static String container(ClusterObject pod, ApiRequest request) {
        List<String> names = pod.spec()
                .path("containers")
                .valueStream()
                .map((JsonNode container) -> container.path("name").asString(""))
                .toList();
        String wanted = request.parameter("container").orElse(names.get(0));
        if (!names.contains(wanted)) {
            throw ApiFailure.badRequest("container " + wanted + " is not valid for pod " + pod.name(), null);
        }
        return wanted;
    }
}
