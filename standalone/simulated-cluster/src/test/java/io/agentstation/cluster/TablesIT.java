package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.cluster.apply.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What kubectl asks for before and while it prints, as raw HTTP: also where no kubectl is. */
class TablesIT {

    private static final String TABLE =
            "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";
    private static final String DISCOVERY =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
    private static final String PODS = "/api/v1/namespaces/agents/pods";

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
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/pods | Name,Ready,Status,Restarts,Age",
                "/apis/apps/v1/deployments | Name,Ready,Up-to-date,Available,Age",
                "/apis/apps/v1/replicasets | Name,Desired,Current,Ready,Age",
                "/api/v1/services | Name,Type,Cluster-IP,External-IP,Port(s),Age",
                "/apis/networking.k8s.io/v1/ingresses | Name,Class,Hosts,Address,Ports,Age",
                "/api/v1/events | Last Seen,Type,Reason,Object,Message",
                "/api/v1/namespaces | Name,Status,Age",
                "/api/v1/resourcequotas | Name,Request,Limit,Age",
                "/apis/cert-manager.io/v1/certificates | Name,Ready,Secret,Age",
                "/api/v1/serviceaccounts | Name,Age"
            })
    void everyKindHasItsColumns(String path, String columns) throws Exception {
        JsonNode table = get(path, TABLE);

        assertThat(table.path("kind").asString("")).isEqualTo("Table");
        assertThat(table.path("columnDefinitions").valueStream())
                .filteredOn(column -> column.path("priority").asInt(-1) == 0)
                .extracting(column -> column.path("name").asString(""))
                .containsExactly(columns.split(","));
        assertThat(table.path("metadata").path("resourceVersion").asString("")).isNotBlank();
    }

    @Test
    void aRowHasACellForEachColumnAndTheObjectsMetadata() throws Exception {
        deploy("worker");
        await().untilAsserted(() ->
                assertThat(get(PODS, TABLE).at("/rows/0/cells/2").asString("")).isEqualTo("Running"));

        JsonNode table = get(PODS, TABLE);
        JsonNode whole = get(PODS + "?includeObject=Object", TABLE);

        assertThat(table.at("/rows/0/cells").size())
                .isEqualTo(table.path("columnDefinitions").size());
        assertThat(table.at("/rows/0/object/kind").asString("")).isEqualTo("PartialObjectMetadata");
        assertThat(table.at("/rows/0/object/metadata/name").asString(""))
                .isEqualTo(table.at("/rows/0/cells/0").asString("none"));
        assertThat(table.at("/rows/0/object").has("spec")).isFalse();
        assertThat(whole.at("/rows/0/object/spec").has("containers")).isTrue();
        assertThat(get(PODS, "application/json").path("kind").asString("")).isEqualTo("PodList");
    }

    @Test
    void aWatchSendsTables() {
        List<String> events = new CopyOnWriteArrayList<>();
        var unused = http.sendAsync(
                request(PODS + "?watch=true&timeoutSeconds=5", TABLE),
                BodyHandlers.fromLineSubscriber(new LineCollector(events)));

        deploy("worker");

        await().untilAsserted(() -> assertThat(events)
                .anySatisfy(event -> assertThat(
                                Json.read(event).at("/object/rows/0/cells/2").asString(""))
                        .isEqualTo("Running")));
        assertThat(events)
                .allSatisfy(
                        event -> assertThat(Json.read(event).at("/object/kind").asString(""))
                                .isEqualTo("Table"));
    }

    @Test
    void aLongListComesPageByPage() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            deploy(name);
        }
        String deployments = "/apis/apps/v1/namespaces/agents/deployments?limit=2";

        JsonNode first = get(deployments, "application/json");
        String next = first.at("/metadata/continue").asString("");
        JsonNode second = get(deployments + "&continue=" + next, "application/json");

        assertThat(names(first)).containsExactly("a", "b");
        assertThat(first.at("/metadata/remainingItemCount").asInt(0)).isEqualTo(1);
        assertThat(names(second)).containsExactly("c");
        assertThat(second.at("/metadata").has("continue")).isFalse();
        assertThat(second.at("/metadata/resourceVersion")).isEqualTo(first.at("/metadata/resourceVersion"));
        assertThat(get(deployments + "&continue=%7B", "application/json")
                        .path("code")
                        .asInt(0))
                .isEqualTo(400);
    }

    @Test
    void tellsAllKindsInOneAnswer() throws Exception {
        JsonNode groups = get("/apis", DISCOVERY);
        JsonNode core = get("/api", DISCOVERY);

        assertThat(groups.path("kind").asString("")).isEqualTo("APIGroupDiscoveryList");
        assertThat(groups.path("items").valueStream())
                .extracting(group -> group.at("/metadata/name").asString(""))
                .contains("apps", "networking.k8s.io", "cert-manager.io");
        JsonNode pods = core.at("/items/0/versions/0/resources")
                .valueStream()
                .filter(resource -> resource.path("resource").asString("").equals("pods"))
                .findFirst()
                .orElseThrow();
        assertThat(pods.at("/responseKind/kind").asString("")).isEqualTo("Pod");
        assertThat(pods.path("subresources").valueStream())
                .extracting(part -> part.path("subresource").asString(""))
                .containsExactly("status", "log");
    }

    /** A newer kubectl reads version 3 before it applies, an older one version 2. */
    @Test
    void tellsAsMuchOfOpenApiAsAnApplyReads() throws Exception {
        JsonNode index = get("/openapi/v3", "application/json");
        String place = index.at("/paths/apis~1apps~1v1/serverRelativeURL").asString("");
        JsonNode apps = get(place, "application/json");
        var older = http.send(
                request("/openapi/v2", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"),
                BodyHandlers.ofString());

        assertThat(apps.at(
                                "/paths/~1apis~1apps~1v1~1namespaces~1{namespace}~1deployments~1{name}/patch/parameters/0/name")
                        .asString(""))
                .isEqualTo("fieldValidation");
        assertThat(older.statusCode()).isEqualTo(200);
        assertThat(older.body()).isEmpty();
    }

    private static List<String> names(JsonNode list) {
        return list.path("items")
                .valueStream()
                .map(item -> item.at("/metadata/name").asString(""))
                .toList();
    }

    private void deploy(String name) {
        fixture.client().resource(Manifests.deployment(name, "simulate/silent")).create();
    }

    private JsonNode get(String path, String accept) throws Exception {
        return Json.read(
                http.send(request(path, accept), BodyHandlers.ofString()).body());
    }

    private HttpRequest request(String path, String accept) {
        return HttpRequest.newBuilder(URI.create(fixture.cluster().url() + path))
                .header("Accept", accept)
                .build();
    }
}
