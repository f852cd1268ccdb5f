package io.agentstation.guarantees;

import io.agentstation.contracts.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Asks the cluster's API directly, past every part of the station, what it holds of an agent. */
final class SimulatedClusterView {

    private static final Pattern SERVER = Pattern.compile("server:\\s*\"?(http[^\\s\"]+)");
    private static final Map<String, String> COLLECTIONS = Map.of(
            "Deployment", "/apis/apps/v1/namespaces/agents/deployments",
            "ReplicaSet", "/apis/apps/v1/namespaces/agents/replicasets",
            "Pod", "/api/v1/namespaces/agents/pods",
            "Service", "/api/v1/namespaces/agents/services",
            "Secret", "/api/v1/namespaces/agents/secrets",
            "ConfigMap", "/api/v1/namespaces/agents/configmaps",
            "Ingress", "/apis/networking.k8s.io/v1/namespaces/agents/ingresses");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String server;

    private SimulatedClusterView(String server) {
        this.server = server;
    }

    static SimulatedClusterView of(Path kubeconfig) {
        try {
            Matcher found = SERVER.matcher(Files.readString(kubeconfig));
            if (!found.find()) {
                throw new AssertionError("no server in " + kubeconfig);
            }
            return new SimulatedClusterView(found.group(1).replaceAll("/$", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kind of each object that mentions the agent's uuid anywhere. */
    List<String> kindsOf(String uuid) {
        List<String> kinds = new ArrayList<>();
        COLLECTIONS.forEach((kind, path) -> items(path).forEach(item -> {
            if (item.toString().contains(uuid)) {
                kinds.add(kind);
            }
        }));
        return kinds;
    }

    /** The kind of each object that is labelled with an agent, by the agent's uuid. */
    Map<String, List<String>> kindsByAgent() {
        Map<String, List<String>> kinds = new TreeMap<>();
        COLLECTIONS.forEach((kind, path) -> items(path).forEach(item -> {
            String agent = item.at("/metadata/labels/agentstation.io~1agent").asString("");
            if (!agent.isEmpty()) {
                kinds.computeIfAbsent(agent, none -> new ArrayList<>()).add(kind);
            }
        }));
        return kinds;
    }

    /** An object of the namespace {@code agents}, as the cluster holds it now. */
    JsonNode object(String kind, String name) {
        return send(HttpRequest.newBuilder(URI.create(server + COLLECTIONS.get(kind) + "/" + name)));
    }

    /** The names of all objects of a kind in the namespace {@code agents}. */
    List<String> names(String kind) {
        return items(COLLECTIONS.getOrDefault(kind, kind)).stream()
                .map(item -> item.at("/metadata/name").asString(""))
                .toList();
    }

    /** What {@code kubectl scale} sends. */
    void scale(String deployment, int replicas) {
        var unused = send(
                HttpRequest.newBuilder(URI.create(server + COLLECTIONS.get("Deployment") + "/" + deployment + "/scale"))
                        .header("Content-Type", "application/merge-patch+json")
                        .method("PATCH", BodyPublishers.ofString("{\"spec\":{\"replicas\":" + replicas + "}}")));
    }

    /** What {@code kubectl delete pod} sends. */
    void deletePod(String name) {
        var unused = send(HttpRequest.newBuilder(URI.create(server + COLLECTIONS.get("Pod") + "/" + name))
                .DELETE());
    }

    private List<JsonNode> items(String path) {
        return send(HttpRequest.newBuilder(URI.create(server + path)))
                .at("/items")
                .valueStream()
                .toList();
    }

    private JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(
                        request.method() + " " + request.uri() + " at the cluster answered " + answer.statusCode());
            }
            return Wire.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
