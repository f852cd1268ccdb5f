package io.agentstation.cluster.api;

import io.agentstation.cluster.http.LoopbackServers;
import io.agentstation.cluster.kubelet.PodLogs;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.RandomNames;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.vertx.HttpServerRequestHandler;
import java.time.Clock;
import java.util.List;

/**
 * The API on a loopback port: requests and WebSockets by the handlers of fabric8's mock server.
 *
 * <p>Not by its {@code MockWebServer}, which records every request for ever, runs on threads that keep the JVM alive and
 * cannot stream a response.
 */
public final class ApiServer {

    private ApiServer() {}

    /**
     * Starts to answer and returns the port.
     *
     * @param ports tried in this order; 0 is any free port
     */
    public static int start(
            LoopbackServers servers,
            ObjectStore store,
            PodLogs podLogs,
            RandomNames names,
            Clock clock,
            List<Integer> ports) {
        ApiRoutes routes = new ApiRoutes(store, podLogs, names, clock);
        ApiDispatcher dispatcher = new ApiDispatcher(routes, store, clock);
        Streams streams = new Streams(store, routes.logs(), clock);
        HttpServerRequestHandler whole = new HttpServerRequestHandler(servers.vertx()) {
            @Override
            protected MockResponse onHttpRequest(RecordedRequest request) {
                return dispatcher.dispatch(request);
            }
        };
        return servers.listen(
                request -> {
                    if (!streams.answers(request)) {
                        whole.handle(request);
                    }
                },
                ports);
    }
}
