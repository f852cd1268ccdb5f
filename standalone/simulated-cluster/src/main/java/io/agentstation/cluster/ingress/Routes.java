package io.agentstation.cluster.ingress;

import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import io.agentstation.cluster.objects.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** From a host and a path to the pods that answer for it: Ingress, Service, ready pods. */
public final class Routes {

    private final ObjectStore store;

    public Routes(ObjectStore store) {
        this.store = store;
    }

    /**
     * What a rule of an Ingress leads to.
     *
     * @param service its name
     */
    public record Route(ClusterObject ingress, String service, String path, boolean isExact) {

        private boolean takes(String asked) {
            boolean whole = asked.equals(path);
            String prefix = path.endsWith("/") ? path : path + "/";
            return whole || (!isExact && asked.startsWith(prefix));
        }
    }

    /** Whether any Ingress has the host. */
    public boolean hasHost(String host) {
        return routes().anyMatch(route -> route.host.equals(host.toLowerCase(Locale.ROOT)));
    }

    /** The route of the longest path that takes the request; empty when there is none. */
    public Optional<Route> find(String host, String path) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return routes().filter(candidate -> candidate.host.equals(wanted))
                .map(HostRoute::route)
                .filter(route -> route.takes(path))
                .max(Comparator.comparingInt(route -> route.path().length()));
    }

    /** All routes of one Ingress. */
    public static List<Route> of(ClusterObject ingress) {
        return hostRoutes(ingress).map(HostRoute::route).toList();
    }

    /** The pods behind a route that are ready and stay, oldest first. */
    public List<ClusterObject> readyPods(Route route) {
        return store.get(route.ingress().key().sibling(ResourceKind.SERVICE, route.service()))
                .filter(service -> !service.spec().path("selector").isEmpty())
                .map(service -> store.list(ResourceKind.POD, Optional.of(service.namespace())).stream()
                        .filter(pod -> selects(service, pod.labels()))
                        .filter(pod -> !pod.isDeleting() && pod.isTrue("Ready"))
                        .sorted(Comparator.comparing(ClusterObject::name))
                        .toList())
                .orElse(List.of());
    }

    /** The Deployments whose pods a route leads to, ready or not. */
    public List<ClusterObject> deployments(Route route) {
        return store.get(route.ingress().key().sibling(ResourceKind.SERVICE, route.service()))
                .map(service -> store.list(ResourceKind.DEPLOYMENT, Optional.of(service.namespace())).stream()
                        .filter(deployment -> selects(
                                service,
                                ClusterObject.strings(deployment
                                        .spec()
                                        .path("template")
                                        .path("metadata")
                                        .path("labels"))))
                        .toList())
                .orElse(List.of());
    }

    private static boolean selects(ClusterObject service, Map<String, String> labels) {
        return Selector.equalLabels(service.spec().path("selector"), labels);
    }

    private record HostRoute(String host, Route route) {}

    private Stream<HostRoute> routes() {
        return store.list(ResourceKind.INGRESS, Optional.empty()).stream().flatMap(Routes::hostRoutes);
    }

    private static Stream<HostRoute> hostRoutes(ClusterObject ingress) {
        return ingress.spec()
                .path("rules")
                .valueStream()
                .flatMap(rule -> rule.path("http")
                        .path("paths")
                        .valueStream()
                        .map(path -> new HostRoute(
                                rule.path("host").asString("").toLowerCase(Locale.ROOT), route(ingress, path))));
    }

    private static Route route(ClusterObject ingress, JsonNode path) {
        return new Route(
                ingress,
                path.path("backend").path("service").path("name").asString(""),
                path.path("path").asString("/"),
                path.path("pathType").asString("").equals("Exact"));
    }
}
