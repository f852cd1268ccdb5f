package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.guarantees.StationClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The main job, as a new user meets it: the quick start of the guide, on a station that has just been started. */
class OneCommandAndAnAgentLivesIT {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @RegisterExtension
    static final OneStation STATION = new OneStation();

    private final StationClient client = STATION.client();

    @Test
    void anAgentGoesFromNewToActiveAndOnDeleteToTerminated() {
        // Given
        Answer created = client.post(
                "/api/agents", "{\"name\":\"my-first-agent\",\"description\":\"My first autonomous agent\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().at("/agent/state").asString()).isEqualTo("NEW");
        assertThat(created.body().at("/deployment/success").asBoolean()).isTrue();
        String uuid = created.body().at("/agent/uuid").asString();

        // When it is left alone, it becomes active and reports
        client.awaitState(uuid, "ACTIVE", TEN_SECONDS);
        Awaitility.await("details are complete").atMost(TEN_SECONDS).untilAsserted(() -> {
            JsonNode details = client.get("/api/agents/" + uuid).body();
            assertThat(details.at("/recentHeartbeats").size()).isPositive();
            assertThat(details.at("/recentMetrics").size()).isPositive();
            assertThat(events(details)).containsExactly("ACTIVATED", "PROVISIONED", "CREATED");
            assertThat(details.at("/kubernetesStatus/ready").asBoolean()).isTrue();
            assertThat(details.at("/agent/health").asString()).isEqualTo("healthy");
        });
        assertThat(clusterObjectsOf(uuid)).contains("Deployment", "Service", "Ingress", "Secret", "Pod");

        // And when it is deleted, nothing is left and the name is free
        Answer deleted = client.delete("/api/agents/" + uuid);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body().at("/message").asString()).isEqualTo("Agent terminated successfully");
        assertThat(clusterObjectsOf(uuid)).isEmpty();
        assertThat(client.state(uuid)).isEqualTo("TERMINATED");
        String again = client.create("my-first-agent");
        client.awaitState(again, "ACTIVE", TEN_SECONDS);
        assertThat(client.delete("/api/agents/" + again).status()).isEqualTo(200);
        assertThat(client.delete("/api/agents/" + uuid).status()).isEqualTo(200);
    }

    @Test
    void ofTwentyParallelCreatesOfOneNameOneIsAccepted() throws Exception {
        // Given
        ExecutorService callers = Executors.newFixedThreadPool(20);
        Callable<Integer> create =
                () -> client.post("/api/agents", "{\"name\":\"contested\",\"image\":\"simulate/silent\"}")
                        .status();

        // When
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : callers.invokeAll(java.util.Collections.nCopies(20, create))) {
            statuses.add(answer.get());
        }
        callers.shutdown();

        // Then
        assertThat(statuses).containsOnly(201, 409);
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    }

    @Test
    void anAgentOfOnesOwnBringsItsOwnHeartbeats() {
        // Given
        String uuid = client.create("my-own", ",\"image\":\"simulate/silent\"");
        client.awaitState(uuid, "PROVISIONED", TEN_SECONDS);

        // When
        Answer heartbeat =
                client.post("/api/agents/" + uuid + "/heartbeat", "{\"mode\":\"SLEEP\",\"uptime_seconds\":330}");
        Answer metrics = client.post(
                "/api/agents/" + uuid + "/metrics",
                "{\"cpu_percent\":12.5,\"memory_mb\":128,\"requests_handled\":45,\"custom_metrics\":{\"queue_depth\":3}}");

        // Then
        assertThat(heartbeat.status()).isEqualTo(200);
        assertThat(metrics.status()).isEqualTo(200);
        client.awaitState(uuid, "ACTIVE", Duration.ofSeconds(5));
        Awaitility.await("both reports are shown").atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            JsonNode details = client.get("/api/agents/" + uuid).body();
            assertThat(details.at("/recentHeartbeats/0/uptime_seconds").asString())
                    .isEqualTo("330");
            assertThat(details.at("/recentMetrics/0/cpu_percent").asDouble()).isEqualTo(12.5);
            assertThat(details.at("/recentMetrics/0/custom_metrics/queue_depth").asInt())
                    .isEqualTo(3);
        });
        assertThat(client.delete("/api/agents/" + uuid).status()).isEqualTo(200);
        assertThat(client.post("/api/agents/" + uuid + "/heartbeat", "{\"mode\":\"SLEEP\",\"uptime_seconds\":331}")
                        .status())
                .isEqualTo(410);
    }

    @Test
    void theFleetCountsWhatTheListShows() {
        // Given
        String uuid = client.create("counted", ",\"image\":\"simulate/silent\"");
        client.awaitState(uuid, "PROVISIONED", TEN_SECONDS);

        // Then
        Awaitility.await("fleet and list agree").atMost(TEN_SECONDS).untilAsserted(() -> {
            JsonNode fleet = client.get("/api/fleet").body();
            JsonNode list = client.get("/api/agents").body();
            long provisioned = list.valueStream()
                    .filter(agent -> agent.at("/state").asString().equals("PROVISIONED"))
                    .count();
            assertThat(fleet.at("/states/PROVISIONED").asLong())
                    .isEqualTo(provisioned)
                    .isPositive();
            assertThat(fleet.at("/total").asLong()).isEqualTo(list.size());
        });
    }

    @Test
    void theFilesOfTheDataDirectoryAreAsPromised() throws Exception {
        Path data = STATION.data();
        for (String secret : List.of("api-key", "station-key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))))
                    .as(secret)
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(data.resolve("api-key")).strip()).matches("sta_[0-9A-Za-z]+_[0-9A-Za-z]+");
        assertThat(data.resolve("kubeconfig")).exists();
        assertThat(STATION.process().endpoints().at("/api").asString())
                .isEqualTo(STATION.process().url());
        assertThat(STATION.process().endpoints().at("/telemetry-stream-metrics").asString())
                .endsWith("/metrics");
        assertThat(STATION.process().endpoints().at("/api-gateway-metrics").asString())
                .endsWith("/metrics");
        assertThat(client.withKey("sta_wrong_key").get("/api/agents").status()).isEqualTo(401);
    }

    private List<String> clusterObjectsOf(String uuid) {
        return SimulatedClusterView.of(STATION.data().resolve("kubeconfig")).kindsOf(uuid);
    }

    private static List<String> events(JsonNode details) {
        return details.at("/lifecycleEvents")
                .valueStream()
                .map(event -> event.at("/event_type").asString())
                .toList();
    }
}
