package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.guarantees.StationClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Every operation on an agent, from the request to the cluster and back into the agent's lifecycle. */
class OperationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WAIT = "wait=60";

    @RegisterExtension
    static final OneStation STATION = new OneStation();

    private final StationClient client = STATION.client();
    private final SimulatedClusterView cluster =
            SimulatedClusterView.of(STATION.data().resolve("kubeconfig"));

    @Test
    void anUpdateReachesTheDeploymentAndItsPods() {
        String uuid = active("updated", ",\"env\":{\"GREETING\":\"hello\",\"DROPPED\":\"x\"}");
        Set<String> before = podsOf("updated");

        Answer answer = client.send("PATCH", "/api/agents/" + uuid, """
                {"image": "example/agent:2", "preset": "heavy", "labels": {"team": "blue"}, "description": "second",
                 "env": {"GREETING": "good evening", "DROPPED": null}, "reason": "new release"}""", "Prefer", WAIT);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode container = cluster.object("Deployment", "updated").at("/spec/template/spec/containers/0");
        assertThat(container.at("/image").asString()).isEqualTo("example/agent:2");
        assertThat(container.at("/resources/limits/cpu").asString()).isEqualTo("2000m");
        assertThat(container.at("/env").toString()).contains("GREETING").doesNotContain("DROPPED", "good evening");
        assertThat(cluster.object("Secret", secretOf(container))
                        .at("/data/GREETING")
                        .asString())
                .isEqualTo("Z29vZCBldmVuaW5n");
        awaitAsserted(() -> assertThat(podsOf("updated")).hasSize(1).doesNotContainAnyElementsOf(before));
        JsonNode agent = details(uuid).at("/agent");
        assertThat(agent.at("/metadata/image").asString()).isEqualTo("example/agent:2");
        assertThat(agent.at("/metadata/description").asString()).isEqualTo("second");
        assertThat(agent.at("/labels/team").asString()).isEqualTo("blue");
        assertEvent(uuid, "UPDATED", "new release", owner(uuid));
        client.delete("/api/agents/" + uuid);
    }

    @Test
    void aScaleReachesThePodsUpAndDownToNone() {
        String uuid = active("scaled", "");

        assertThat(post(uuid, "scale", "{\"replicas\":3}").status()).isEqualTo(200);
        awaitAsserted(() -> assertThat(
                        details(uuid).at("/kubernetesStatus/readyReplicas").asInt())
                .isEqualTo(3));
        assertThat(post(uuid, "scale", "{\"replicas\":0,\"reason\":\"night\"}").status())
                .isEqualTo(200);
        awaitAsserted(() -> assertThat(podsOf("scaled")).isEmpty());
        awaitAsserted(
                () -> assertThat(details(uuid).at("/agent/health").asString()).isEqualTo("unknown"));

        assertEvent(uuid, "SCALED", "night", owner(uuid));
        assertThat(details(uuid).at("/lifecycleEvents/0/metadata/replicas").asInt())
                .isZero();
        assertThat(post(uuid, "scale", "{\"replicas\":0}").body().at("/message").asString())
                .isEqualTo("The agent is specified so already");
        client.delete("/api/agents/" + uuid);
    }

    @Test
    void aRestartReplacesThePods() {
        String uuid = active("restarted", "");
        Set<String> before = podsOf("restarted");

        Answer answer = post(uuid, "restart", "{\"reason\":\"leak\"}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        awaitAsserted(() -> assertThat(podsOf("restarted")).hasSize(1).doesNotContainAnyElementsOf(before));
        assertEvent(uuid, "RESTARTED", "leak", owner(uuid));
        client.delete("/api/agents/" + uuid);
    }

    @Test
    void aDrainIsTakenBackOrRunsOut() {
        String uuid = active("drained-too-long", "");

        assertThat(post(uuid, "drain", "{\"timeout_seconds\":3600}")
                        .body()
                        .at("/state")
                        .asString())
                .isEqualTo("DRAINING");
        assertThat(post(uuid, "resume", "{\"reason\":\"mistake\"}")
                        .body()
                        .at("/state")
                        .asString())
                .isEqualTo("ACTIVE");
        assertThat(details(uuid).at("/lifecycleEvents/0/metadata/why").asString())
                .isEqualTo("mistake");
        assertThat(post(uuid, "drain", "{\"timeout_seconds\":1}").status()).isEqualTo(200);
        client.awaitState(uuid, "TERMINATED", PATIENCE);

        assertEvent(uuid, "TERMINATED", "drain_timeout", "system");
        assertThat(types(uuid)).containsSubsequence("TERMINATED", "DRAINING", "RESUMED", "DRAINING", "ACTIVATED");
        assertThat(cluster.kindsOf(uuid)).isEmpty();
        assertThat(post(uuid, "resume", "").status()).isEqualTo(410);
    }

    @Test
    void whoeverHasDrainedIsTerminatedAtOnceAndItsNameIsFree() {
        String uuid = active("drained", "");
        post(uuid, "drain", "{\"reason\":\"upgrade\"}");
        assertThat(details(uuid).at("/lifecycleEvents/0/metadata/why").asString())
                .isEqualTo("upgrade");

        Answer answer = post(uuid, "drained", "");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body().at("/state").asString()).isEqualTo("TERMINATED");
        assertEvent(uuid, "TERMINATED", "drained", owner(uuid));
        String again = client.create("drained");
        client.delete("/api/agents/" + again);
    }

    @Test
    void onlyAKeyWithTheStationsScopeKills() throws IOException, InterruptedException {
        String uuid = active("killed", "");
        ConsoleCommand member = ConsoleCommand.run(
                STATION.directory(), "key", "--data", STATION.data().toString(), "--workspace", "default");
        assertThat(member.code()).as(member.console()).isZero();

        Answer refused = client.withKey(member.console().strip()).post("/api/agents/" + uuid + "/kill", "");
        Answer killed = post(uuid, "kill", "{\"reason\":\"runaway\"}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().at("/error").asString())
                .isEqualTo("Only the Station (control plane) can KILL an agent");
        assertThat(killed.status()).as(killed.toString()).isEqualTo(200);
        assertThat(killed.body().at("/state").asString()).isEqualTo("KILLED");
        assertEvent(uuid, "KILLED", "runaway", owner(uuid));
        assertThat(cluster.kindsOf(uuid)).isEmpty();
    }

    @Test
    void aRepeatedRequestUndoesNothingThatCameAfterIt() {
        String uuid = active("repeated", "");
        String[] key = {"Prefer", WAIT, "Idempotency-Key", UUID.randomUUID().toString()};
        Answer first = client.send("POST", path(uuid, "scale"), "{\"replicas\":2}", key);
        post(uuid, "scale", "{\"replicas\":1}");

        Answer again = client.send("POST", path(uuid, "scale"), "{\"replicas\":2}", key);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().at("/command_id")).isEqualTo(first.body().at("/command_id"));
        assertThat(details(uuid).at("/agent/replicas").asInt()).isEqualTo(1);
        assertThat(types(uuid)).filteredOn("SCALED"::equals).hasSize(2);
        // Negative control: without the key it is a scale of its own.
        assertThat(post(uuid, "scale", "{\"replicas\":2}")
                        .body()
                        .at("/agent/replicas")
                        .asInt())
                .isEqualTo(2);
        client.delete("/api/agents/" + uuid);
    }

    @Test
    void whatTheQuotaLeavesNoRoomForIsRefusedAndSaidInNumbers() {
        // A pod of the default image has a station-agent, with 10m of its own.
        String uuid = active("within-quota", ",\"resources\":{\"cpu_request\":\"500m\"}");

        awaitAsserted(() -> assertThat(limit("pods").at("/used").asInt()).isPositive());
        Answer tooMuch = client.post(
                "/api/agents", "{\"name\":\"over-quota\",\"replicas\":90,\"resources\":{\"cpu_request\":\"500m\"}}");
        Answer scaled = post(uuid, "scale", "{\"replicas\":100}");

        assertThat(tooMuch.status()).as(tooMuch.toString()).isEqualTo(403);
        assertThat(tooMuch.body().at("/code").asString()).isEqualTo("quota_exceeded");
        assertThat(tooMuch.body().at("/error").asString())
                .startsWith("Resource quota exceeded: cpu: 45900m asked for, ");
        assertThat(tooMuch.body().at("/details/0/limit").asString()).isEqualTo("40");
        assertThat(scaled.status()).isEqualTo(403);
        assertThat(scaled.body().at("/details/0/field").asString()).isEqualTo("cpu");
        assertThat(scaled.body().at("/details/0/asked").asString()).isEqualTo("50490m");
        client.delete("/api/agents/" + uuid);
    }

    private JsonNode limit(String resource) {
        return client.get("/api/quota")
                .body()
                .at("/resources")
                .valueStream()
                .filter(limit -> limit.at("/resource").asString("").equals(resource))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no limit of " + resource));
    }

    private String active(String name, String fields) {
        String uuid = client.create(name, fields);
        client.awaitState(uuid, "ACTIVE", PATIENCE);
        return uuid;
    }

    private Answer post(String uuid, String operation, String body) {
        return client.send("POST", path(uuid, operation), body, "Prefer", WAIT);
    }

    private static String path(String uuid, String operation) {
        return "/api/agents/" + uuid + "/" + operation;
    }

    private JsonNode details(String uuid) {
        return client.get("/api/agents/" + uuid).body();
    }

    private List<String> types(String uuid) {
        return details(uuid)
                .at("/lifecycleEvents")
                .valueStream()
                .map(event -> event.at("/event_type").asString())
                .toList();
    }

    /** Who created the agent, which is who asks here. */
    private String owner(String uuid) {
        return details(uuid)
                .at("/lifecycleEvents")
                .valueStream()
                .filter(event -> event.at("/event_type").asString().equals("CREATED"))
                .map(event -> event.at("/metadata/triggered_by").asString())
                .findFirst()
                .orElseThrow();
    }

    /** The newest event of a type says why and who. */
    private void assertEvent(String uuid, String type, String reason, String triggeredBy) {
        JsonNode metadata = details(uuid)
                .at("/lifecycleEvents")
                .valueStream()
                .filter(event -> event.at("/event_type").asString().equals(type))
                .findFirst()
                .orElseThrow()
                .at("/metadata");
        assertThat(metadata.at("/reason").asString()).isEqualTo(reason);
        assertThat(metadata.at("/triggered_by").asString()).isEqualTo(triggeredBy);
    }

    private Set<String> podsOf(String deployment) {
        return cluster.names("Pod").stream()
                .filter(pod -> pod.matches(deployment + "-[a-z0-9]+-[a-z0-9]+"))
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    private static String secretOf(JsonNode container) {
        return container
                .at("/env")
                .valueStream()
                .filter(variable -> variable.at("/name").asString().equals("GREETING"))
                .map(variable -> variable.at("/valueFrom/secretKeyRef/name").asString())
                .findFirst()
                .orElseThrow();
    }

    private static void awaitAsserted(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
    }
}
