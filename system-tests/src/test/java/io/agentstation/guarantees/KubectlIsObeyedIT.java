package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * What somebody does to the cluster past the Station shows in the agent's details within 2 s; an agent's host leads to the
 * agent and never to the API; an image that fails says why.
 */
class KubectlIsObeyedIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(2);

    /** Pods take long enough for a state between two others to be seen. */
    @RegisterExtension
    static final OneStation STATION = new OneStation("--set", "station.cluster.pod-start=4s");

    private final StationClient client = STATION.client();

    @Test
    void aScaleAndALostPodShowInTheDetailsWithinTwoSeconds() {
        SimulatedClusterView cluster = cluster();
        String uuid = client.create("scaled-by-hand");
        awaitReplicas(PATIENCE, uuid, 1, 1);

        cluster.scale("scaled-by-hand", 3);

        awaitReplicas(SOON, uuid, 3, 1);
        Awaitility.await("ready on the cluster")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> readyOnCluster(cluster) == 3);
        awaitReplicas(SOON, uuid, 3, 3);
        String pod = cluster.names("Pod").stream()
                .filter(name -> name.startsWith("scaled-by-hand-"))
                .findFirst()
                .orElseThrow();

        cluster.deletePod(pod);

        awaitReplicas(SOON, uuid, 3, 2);
        awaitReplicas(PATIENCE, uuid, 3, 3);
        client.delete("/api/agents/" + uuid);
    }

    @Test
    void anAgentsHostLeadsToTheAgentAndNeverToTheApi() {
        String uuid = client.create("my-first-agent");
        client.awaitState(uuid, "ACTIVE", PATIENCE);
        String host = "my-first-agent.is.plugged.in";
        String url = STATION.process().url();
        String key = STATION.process().key();
        Awaitility.await("the agent answers")
                .atMost(PATIENCE)
                .until(() -> HostRequest.send(url, host, "GET", "/", "", "").status() == 200);

        JsonNode page = HostRequest.send(url, host, "GET", "/", "", "").body();
        var list = HostRequest.send(url, host, "GET", "/api/agents", key, "");
        var deletion = HostRequest.send(url, host, "DELETE", "/api/agents/" + uuid, key, "");
        var heartbeat = HostRequest.send(
                url,
                host,
                "POST",
                "/api/agents/" + uuid + "/heartbeat",
                key,
                "{\"mode\":\"SLEEP\",\"uptime_seconds\":987654}");
        var nobody = HostRequest.send(url, "nobody.is.plugged.in", "GET", "/api/agents", key, "");

        assertThat(page.at("/agent").asString("")).isEqualTo("my-first-agent");
        assertThat(page.at("/uuid").asString("")).isEqualTo(uuid);
        assertThat(page.at("/pod").asString("")).startsWith("my-first-agent-");
        assertThat(list.body().at("/uuid").asString(""))
                .as("the agent answered")
                .isEqualTo(uuid);
        assertThat(deletion.status()).isEqualTo(405);
        assertThat(heartbeat.status()).isEqualTo(405);
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(nobody.body().at("/error").asString("")).contains("no Ingress", "nobody.is.plugged.in");
        assertThat(client.state(uuid)).isEqualTo("ACTIVE");
        assertThat(client.get("/api/agents/" + uuid).body().toString()).doesNotContain("987654");
        client.delete("/api/agents/" + uuid);
    }

    @Test
    void anImageThatCannotBePulledIsProvisionedWithTheCause() {
        String uuid = client.create("wrong-image", ",\"image\":\"simulate/image-pull-failure\"");

        Awaitility.await("the cause in words").atMost(PATIENCE).untilAsserted(() -> {
            JsonNode agent = client.get("/api/agents/" + uuid).body().at("/agent");
            assertThat(agent.at("/state").asString("")).isEqualTo("PROVISIONED");
            assertThat(agent.at("/why").asString("")).contains("simulate/image-pull-failure", "cannot be pulled");
        });
        client.delete("/api/agents/" + uuid);
    }

    private void awaitReplicas(Duration most, String uuid, int replicas, int ready) {
        Awaitility.await(replicas + " replicas, " + ready + " ready")
                .atMost(most)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    JsonNode status = client.get("/api/agents/" + uuid).body().at("/kubernetesStatus");
                    assertThat(status.at("/replicas").asInt(0)).isEqualTo(replicas);
                    assertThat(status.at("/readyReplicas").asInt(0)).isEqualTo(ready);
                });
    }

    private static int readyOnCluster(SimulatedClusterView cluster) {
        return cluster.object("Deployment", "scaled-by-hand")
                .at("/status/readyReplicas")
                .asInt(0);
    }

    private static SimulatedClusterView cluster() {
        return SimulatedClusterView.of(STATION.data().resolve("kubeconfig"));
    }
}
