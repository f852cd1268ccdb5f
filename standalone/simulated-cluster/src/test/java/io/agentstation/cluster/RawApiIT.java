package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.cluster.apply.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The API as curl and kubectl use it. */
class RawApiIT {

    private final HttpClient http = HttpClient.newHttpClient();
    private ClusterFixture fixture;

    @BeforeEach
    void start(@TempDir Path directory) {
        fixture = new ClusterFixture(directory);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces/agents/pods",
                "/api/v1/namespaces/agents/configmaps",
                "/api/v1/namespaces/agents/secrets",
                "/api/v1/namespaces/agents/services",
                "/api/v1/namespaces/agents/serviceaccounts",
                "/api/v1/namespaces/agents/resourcequotas",
                "/api/v1/namespaces/agents/events",
                "/apis/apps/v1/namespaces/agents/deployments",
                "/apis/apps/v1/namespaces/agents/replicasets",
                "/apis/networking.k8s.io/v1/namespaces/agents/ingresses",
                "/apis/networking.k8s.io/v1/namespaces/agents/networkpolicies",
                "/apis/apps/v1/deployments"
            })
    void aKindWithoutObjectsIsAnEmptyList(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.read(answer.body()).path("items").isArray()).isTrue();
        assertThat(Json.read(answer.body()).path("items").isEmpty()).isTrue();
        assertThat(Json.read(answer.body())
                        .path("metadata")
                        .path("resourceVersion")
                        .stringValue())
                .isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "/version, gitVersion",
        "/api, versions",
        "/apis, groups",
        "/apis/apps, versions",
        "/api/v1, resources",
        "/apis/apps/v1, resources",
        "/, paths"
    })
    void tellsWhatItServes(String path, String field) throws Exception {
        HttpResponse<String> answer = send("GET", path, "", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.read(answer.body()).has(field)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /api/v1/namespaces/agents/pods/nobody | '' | '' | 404",
                "GET | /api/v1/namespaces/agents/nothings | '' | '' | 404",
                "GET | /apis/none/v1/things | '' | '' | 404",
                "GET | /api/v1/namespaces/agents/pods?labelSelector=a%20b%20c | '' | '' | 400",
                "PUT | /api/v1/namespaces/agents/pods | application/json | {} | 405",
                "POST | /api/v1/pods | application/json | {} | 405",
                "POST | /api/v1/namespaces/agents/configmaps | application/json | '' | 400",
                "POST | /api/v1/namespaces/agents/configmaps | application/json | [] | 400",
                "POST | /api/v1/namespaces/agents/configmaps | application/json | {\"kind\":\"Pod\",\"apiVersion\":\"v1\"} | 400",
                "POST | /api/v1/namespaces/nowhere/configmaps | application/json | {\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}} | 404",
                "POST | /api/v1/namespaces/agents/configmaps | application/json | {\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"UPPER\"}} | 422",
                "POST | /api/v1/namespaces/agents/configmaps | application/json | {\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{}} | 422",
                "POST | /api/v1/namespaces/agents/configmaps | application/json | {\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":\"text\"} | 400",
                "PATCH | /api/v1/namespaces/agents/configmaps/a | text/plain | {} | 415",
                "PATCH | /api/v1/namespaces/agents | application/json-patch+json | [{\"op\":\"test\",\"path\":\"/kind\",\"value\":\"x\"}] | 400",
                "PATCH | /api/v1/namespaces/agents | application/json-patch+json | {\"op\":1} | 400",
                "PATCH | /api/v1/namespaces/agents | application/merge-patch+json | {\"metadata\":{\"labels\":\"x\"}} | 400",
                "PATCH | /api/v1/namespaces/agents/configmaps/a | application/apply-patch+yaml | {\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"} | 422"
            })
    void refusesInWords(String method, String path, String type, String body, int code) throws Exception {
        HttpResponse<String> answer = send(method, path, type, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
        JsonNode status = Json.read(answer.body());
        assertThat(status.path("kind").stringValue()).isEqualTo("Status");
        assertThat(status.path("status").stringValue()).isEqualTo("Failure");
        assertThat(status.path("code").intValue()).isEqualTo(code);
        assertThat(status.path("message").stringValue()).isNotBlank();
    }

    @Test
    void takesYamlForAnApply() throws Exception {
        String yaml = """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: from-yaml
                data:
                  answer: "42"
                """;

        HttpResponse<String> answer = send(
                "PATCH",
                "/api/v1/namespaces/agents/configmaps/from-yaml?fieldManager=kubectl",
                "application/apply-patch+yaml",
                yaml);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(Json.read(answer.body()).path("data").path("answer").stringValue())
                .isEqualTo("42");
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        HttpResponse<String> answer =
                send("POST", "/api/v1/namespaces/agents/configmaps?dryRun=All", "application/json", configMap("dry"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(send("GET", "/api/v1/namespaces/agents/configmaps/dry", "", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aStatusCannotBeWrittenThroughTheObject() throws Exception {
        String path = "/api/v1/namespaces/agents";
        send("PATCH", path, "application/merge-patch+json", "{\"status\":{\"phase\":\"Broken\"}}");
        String through = send("GET", path, "", "").body();
        send("PATCH", path + "/status", "application/merge-patch+json", "{\"status\":{\"phase\":\"Broken\"}}");
        String status = send("GET", path, "", "").body();

        assertThat(Json.read(through).path("status").path("phase").stringValue())
                .isEqualTo("Active");
        assertThat(Json.read(status).path("status").path("phase").stringValue()).isEqualTo("Broken");
    }

    @Test
    void watchesOverPlainHttpFromAVersion() throws Exception {
        String version = Json.read(send("GET", "/api/v1/namespaces/agents/configmaps", "", "")
                        .body())
                .path("metadata")
                .path("resourceVersion")
                .stringValue();
        create("missed");
        List<String> events = new CopyOnWriteArrayList<>();
        var watch = http.sendAsync(
                HttpRequest.newBuilder(
                                uri("/api/v1/namespaces/agents/configmaps?watch=true&timeoutSeconds=2&resourceVersion="
                                        + version))
                        .build(),
                HttpResponse.BodyHandlers.fromLineSubscriber(new LineCollector(events)));
        await().until(() -> events.size() == 1);

        create("live");
        send("DELETE", "/api/v1/namespaces/agents/configmaps/live", "", "");

        await().until(() -> events.size() == 3);
        assertThat(events)
                .extracting(event -> Json.read(event).path("type").stringValue())
                .containsExactly("ADDED", "ADDED", "DELETED");
        assertThat(watch.get().statusCode()).as("ended after its timeout").isEqualTo(200);
    }

    @Test
    void aVersionThatIsNotKnownIsGone() throws Exception {
        HttpResponse<String> answer =
                send("GET", "/api/v1/namespaces/agents/pods?watch=true&resourceVersion=999999999", "", "");

        assertThat(Json.read(answer.body()).path("type").stringValue()).isEqualTo("ERROR");
        assertThat(Json.read(answer.body()).path("object").path("code").intValue())
                .isEqualTo(410);
    }

    @ParameterizedTest
    @CsvSource({
        "labelSelector=tier%3Dfront, 1",
        "labelSelector=tier%21%3Dfront, 2",
        "labelSelector=tier%20in%20(front%2Cback), 2",
        "labelSelector=tier%20notin%20(front), 2",
        "labelSelector=tier, 2",
        "labelSelector=%21tier, 1",
        "fieldSelector=metadata.name%3Da, 1"
    })
    void selects(String query, int found) throws Exception {
        labelled("a", "\"tier\":\"front\"");
        labelled("b", "\"tier\":\"back\"");
        labelled("c", "\"other\":\"x\"");

        String list = send("GET", "/api/v1/namespaces/agents/configmaps?" + query, "", "")
                .body();

        assertThat(Json.read(list).path("items").size()).isEqualTo(found);
    }

    private void labelled(String name, String labels) throws Exception {
        send(
                "POST",
                "/api/v1/namespaces/agents/configmaps",
                "application/json",
                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\",\"labels\":{"
                        + labels + "}}}");
    }

    private void create(String name) throws Exception {
        assertThat(send("POST", "/api/v1/namespaces/agents/configmaps", "application/json", configMap(name))
                        .statusCode())
                .isEqualTo(201);
    }

    private static String configMap(String name) {
        return "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\"}}";
    }

    private HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(java.time.Duration.ofSeconds(10))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(fixture.cluster().url() + path);
    }
}
