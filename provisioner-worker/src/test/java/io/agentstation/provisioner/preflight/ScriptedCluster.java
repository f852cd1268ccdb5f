package io.agentstation.provisioner.preflight;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentstation.contracts.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** An API server that answers as it was told to; at first as a cluster that lacks nothing. */
final class ScriptedCluster implements AutoCloseable {

    private record Answer(int status, String body) {}

    private static final String CLASSES = "/apis/networking.k8s.io/v1/ingressclasses";
    private static final String QUOTAS = "/api/v1/namespaces/agents/resourcequotas";
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    static {
        // Read once by the JDK's server: without it each answer waits for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    ScriptedCluster() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        version("1", "34");
        say(200, "/api", "{\"kind\": \"APIVersions\", \"versions\": [\"v1\"]}");
        say(200, "/api/v1/namespaces/agents", "{\"kind\": \"Namespace\", \"metadata\": {\"name\": \"agents\"}}");
        ingressClasses(
                "{\"name\": \"traefik\", \"annotations\": {\"ingressclass.kubernetes.io/is-default-class\": \"true\"}}");
        say(200, "/apis/cert-manager.io/v1", "{\"kind\": \"APIResourceList\"}");
        say(200, "/apis/cert-manager.io/v1/clusterissuers/letsencrypt-prod", "{\"kind\": \"ClusterIssuer\"}");
        quota("3");
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A kubeconfig for a server at this address. */
    static Path kubeconfig(Path file, String server) throws IOException {
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: prod, context: {cluster: c, user: u}}]
                current-context: prod
                """.formatted(server));
    }

    void say(int status, String path, String body) {
        answers.put(path, new Answer(status, body));
    }

    void forbid(String path) {
        say(403, path, "{\"kind\": \"Status\", \"code\": 403, \"message\": \"u may not\"}");
    }

    void forget(String path) {
        answers.remove(path);
    }

    void version(String major, String minor) {
        say(
                200,
                "/version",
                "{\"major\": \"%s\", \"minor\": \"%s\", \"gitVersion\": \"v%s.%s.1\"}"
                        .formatted(major, minor, major, minor));
    }

    void ingressClasses(String... metadata) {
        say(200, CLASSES, list("IngressClassList", metadata, ""));
    }

    void forbidIngressClasses() {
        forbid(CLASSES);
    }

    void quota(String usedPods) {
        String status = ", \"status\": {\"hard\": {\"pods\": \"100\"}, \"used\": {\"pods\": \"" + usedPods + "\"}}";
        say(200, QUOTAS, list("ResourceQuotaList", new String[] {"{\"name\": \"agents\"}"}, status));
    }

    void noQuota() {
        say(200, QUOTAS, list("ResourceQuotaList", new String[0], ""));
    }

    void forbidQuotas() {
        forbid(QUOTAS);
    }

    /** Denies one right, as {@code patch deployments}. */
    void deny(String right) {
        denied.add(right);
    }

    void forbidReviews() {
        forbid(REVIEWS);
    }

    /** The rights that were asked for. */
    Set<String> asked() {
        return new HashSet<>(asked);
    }

    private static String list(String kind, String[] metadata, String more) {
        List<String> items = List.of(metadata).stream()
                .map(each -> "{\"metadata\": " + each + more + "}")
                .toList();
        return "{\"kind\": \"" + kind + "\", \"items\": [" + String.join(",", items) + "]}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] request = exchange.getRequestBody().readAllBytes();
            Answer notFound = new Answer(404, "{\"kind\": \"Status\", \"code\": 404, \"message\": \"not found\"}");
            Answer answer = path.equals(REVIEWS) && !answers.containsKey(REVIEWS)
                    ? review(new String(request, UTF_8))
                    : answers.getOrDefault(path, notFound);
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer review(String request) {
        JsonNode wanted = Wire.mapper().readTree(request).at("/spec/resourceAttributes");
        String subresource = wanted.path("subresource").asString("");
        String right = wanted.path("verb").asString() + " "
                + wanted.path("resource").asString() + (subresource.isEmpty() ? "" : "/" + subresource);
        asked.add(right);
        return new Answer(
                201,
                "{\"kind\": \"SelfSubjectAccessReview\", \"status\": {\"allowed\": %s}}"
                        .formatted(!denied.contains(right)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
