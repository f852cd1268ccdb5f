package io.agentstation.cluster.ingress;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.http.LoopbackServers;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Answers requests from outside for the agents: by the host's Ingress, its Service, and one of the ready pods in turn. What
 * it answers itself is JSON with an {@code error} that says what to do.
 *
 * <p>The host is that of {@code X-Forwarded-Host}, when a proxy has put it there, or else of {@code Host}.
 */
public final class IngressServer {

    private final Routes routes;
    private final Function<String, CompletableFuture<Optional<String>>> pages;
    private final AtomicInteger turn = new AtomicInteger();

    private IngressServer(ObjectStore store, Function<String, CompletableFuture<Optional<String>>> pages) {
        this.routes = new Routes(store);
        this.pages = pages;
    }

    /**
     * Starts to answer and returns the port.
     *
     * @param pages what the pod with a uid answers; empty when it does not
     * @param ports tried in this order; 0 is any free port
     */
    public static int start(
            LoopbackServers servers,
            ObjectStore store,
            Function<String, CompletableFuture<Optional<String>>> pages,
            List<Integer> ports) {
        return servers.listen(new IngressServer(store, pages)::handle, ports);
    }

    private void handle(HttpServerRequest request) {
        String host = host(request);
        Optional<Routes.Route> route = routes.find(host, request.path());
        if (route.isEmpty()) {
            String what = routes.hasHost(host) ? "path " + request.path() + " on the host " : "host ";
            refuse(
                    request,
                    404,
                    "no Ingress of the cluster has the " + what + host + ": kubectl get ingress -A shows all");
            return;
        }
        List<ClusterObject> pods = routes.readyPods(route.get());
        if (pods.isEmpty()) {
            String namespace = route.get().ingress().namespace();
            refuse(
                    request,
                    503,
                    "no pod behind the Service " + namespace + "/" + route.get().service() + " of " + host
                            + " is ready: kubectl get pods,events -n " + namespace + " shows why");
            return;
        }
        ask(request, host, pods.get(Math.floorMod(turn.getAndIncrement(), pods.size())));
    }

    private void ask(HttpServerRequest request, String host, ClusterObject pod) {
        Context context = Vertx.currentContext();
        var unused = pages.apply(pod.uid())
                .thenAccept(page -> context.runOnContext(nothing -> page.ifPresentOrElse(
                        text -> answer(request, text),
                        () -> refuse(
                                request,
                                502,
                                "the pod " + pod.namespace() + "/" + pod.name() + " of " + host
                                        + " does not answer: kubectl logs -n " + pod.namespace() + " " + pod.name()))));
    }

    private static void answer(HttpServerRequest request, String text) {
        boolean reading =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (reading) {
            send(request, 200, text);
        } else {
            refuse(request, 405, "the simulated agent answers GET and HEAD only, not " + request.method());
        }
    }

    private static void refuse(HttpServerRequest request, int status, String why) {
        send(request, status, Json.object().put("error", why) + "\n");
    }

    private static void send(HttpServerRequest request, int status, String body) {
        var response = request.response().setStatusCode(status).putHeader("Content-Type", "application/json");
        var unused = response.end(body);
    }

    private static String host(HttpServerRequest request) {
        String forwarded = request.getHeader("X-Forwarded-Host");
        String host = forwarded == null ? request.getHeader("Host") : forwarded;
        return host == null ? "" : host.strip().replaceFirst(":\\d+$", "").replaceFirst("\\.$", "");
    }
}
