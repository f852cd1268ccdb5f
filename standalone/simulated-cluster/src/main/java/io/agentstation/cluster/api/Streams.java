package io.agentstation.cluster.api;

import io.agentstation.cluster.kubelet.ContainerLog;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ObjectStore;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.Optional;

/**
 * Answers that never end by themselves, over plain HTTP: watches as kubectl asks for them, and followed logs. The mock's
 * responses are whole bodies, so these go past it.
 */
final class Streams {

    private final ObjectStore store;
    private final LogRequests logs;
    private final Clock clock;

    Streams(ObjectStore store, LogRequests logs, Clock clock) {
        this.store = store;
        this.logs = logs;
        this.clock = clock;
    }

    /** What a request wants to watch; empty when it is no watch. */
    static Optional<Target> watched(ApiRequest request) {
        return request.method().equals("GET") && request.flag("watch")
                ? Target.of(request.segments())
                        .filter(target -> target.subresource().isEmpty())
                : Optional.empty();
    }

    /** Answers the request if it is one of these, and says whether it was. */
    boolean answers(HttpServerRequest http) {
        // The JDK's client offers an upgrade to h2c, which is none.
        boolean webSocket = "websocket".equalsIgnoreCase(http.getHeader("Upgrade"));
        if (!http.method().equals(HttpMethod.GET) || webSocket) {
            return false;
        }
        try {
            ApiRequest request = ApiRequest.of("GET", http.uri(), http::getHeader, new byte[0]);
            Optional<Target> watched = watched(request);
            Optional<Target> followed = Target.of(request.segments())
                    .filter(target -> target.subresource().equals("log") && request.flag("follow"));
            watched.ifPresent(target -> watch(http.response(), new Watch(store, target, request, clock)));
            followed.ifPresent(target -> follow(http.response(), target, request));
            return watched.isPresent() || followed.isPresent();
        } catch (ApiFailure e) {
            refuse(http.response(), e);
            return true;
        }
    }

    private static void watch(HttpServerResponse http, Watch watch) {
        StreamedResponse response = new StreamedResponse(http, "application/json");
        try {
            // Off the store's lock at once: sending must not hold up whoever changes objects.
            response.onEnd(watch.start(change ->
                    response.later(() -> watch.encode(change).ifPresent(message -> response.write(message + "\n")))));
            watch.timeoutSeconds().ifPresent(response::endAfter);
        } catch (ApiFailure e) {
            response.write(Watch.failure(e) + "\n");
            response.end();
        }
    }

    private void follow(HttpServerResponse http, Target target, ApiRequest request) {
        ContainerLog log = logs.log(target, request);
        StreamedResponse response = new StreamedResponse(http, "text/plain");
        var printer = LogRequests.printer(request);
        response.onEnd(log.follow(
                lines -> response.write(logs.print(lines, request)),
                line -> response.later(() -> response.write(printer.apply(line)))));
        log.onEnd(() -> response.later(response::end));
    }

    private static void refuse(HttpServerResponse response, ApiFailure failure) {
        var unused = response.setStatusCode(failure.code())
                .putHeader("Content-Type", "application/json")
                .end(failure.toStatus().toString());
    }
}
