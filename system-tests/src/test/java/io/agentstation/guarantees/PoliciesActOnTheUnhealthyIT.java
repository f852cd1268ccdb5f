package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What {@code on_unhealthy} promises, through a whole station: once, for the right agent, and the lifecycle says why. */
class PoliciesActOnTheUnhealthyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final OneStation STATION = new OneStation();

    private final StationClient client = STATION.client();

    @Test
    void anAgentThatStaysSilentIsKilledByItsOwnPolicyAndItsNameIsFree() {
        String policy = ",\"image\":\"simulate/silent\",\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":1";
        String uuid = client.create("killed-by-policy", policy);
        String other = client.create("has-no-policy", ",\"image\":\"simulate/silent\"");
        for (String agent : List.of(uuid, other)) {
            client.awaitState(agent, "PROVISIONED", PATIENCE);
            beat(agent);
        }

        client.awaitState(uuid, "KILLED", PATIENCE);

        JsonNode details = client.get("/api/agents/" + uuid).body();
        assertThat(types(details)).startsWith("KILLED", "UNHEALTHY", "ACTIVATED");
        JsonNode killed = details.at("/lifecycleEvents/0/metadata");
        assertThat(killed.at("/reason").asString()).isEqualTo("on_unhealthy");
        assertThat(killed.at("/triggered_by").asString()).isEqualTo("system");
        assertThat(SimulatedClusterView.of(STATION.data().resolve("kubeconfig")).kindsOf(uuid))
                .isEmpty();
        String again = client.create("killed-by-policy", ",\"image\":\"simulate/silent\"");
        assertThat(client.state(other)).isEqualTo("ACTIVE");
        List.of(again, other).forEach(agent -> client.delete("/api/agents/" + agent));
    }

    @Test
    void aPolicyOfTheWorkspaceRestartsAnAgentThatIsSilentAlready() {
        String uuid = client.create("restarted-by-policy", ",\"image\":\"simulate/silent\"");
        client.awaitState(uuid, "PROVISIONED", PATIENCE);
        beat(uuid);
        Awaitility.await("unhealthy")
                .atMost(PATIENCE)
                .until(() -> details(uuid).at("/agent/health").asString("").equals("unhealthy"));

        var answer = client.put("/api/policies", "{\"on_unhealthy\":\"restart\",\"unhealthy_after_intervals\":1}");
        assertThat(answer.status()).isEqualTo(200);

        Awaitility.await("restarted")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(types(details(uuid))).containsOnlyOnce("RESTARTED"));
        JsonNode restarted = details(uuid).at("/lifecycleEvents/0");
        assertThat(restarted.at("/event_type").asString()).isEqualTo("RESTARTED");
        assertThat(restarted.at("/metadata/reason").asString()).isEqualTo("on_unhealthy");
        assertThat(restarted.at("/metadata/triggered_by").asString()).isEqualTo("system");
        client.put("/api/policies", "{\"on_unhealthy\":\"none\"}");
        client.delete("/api/agents/" + uuid);
    }

    @Test
    void theStationSaysThatSilenceCanBeProven() {
        Awaitility.await("proving").atMost(PATIENCE).untilAsserted(() -> {
            JsonNode health = client.get("/api/health").body();
            assertThat(health.at("/status").asString()).isEqualTo("ok");
            assertThat(health.at("/components/liveness").asString()).isEqualTo("proving");
        });
        assertThat(STATION.process()
                        .endpoints()
                        .at("/liveness-detector-metrics")
                        .asString())
                .endsWith("/metrics");
    }

    private void beat(String uuid) {
        assertThat(client.post("/api/agents/" + uuid + "/heartbeat", "{\"mode\":\"EMERGENCY\",\"uptime_seconds\":1}")
                        .status())
                .isEqualTo(200);
    }

    private JsonNode details(String uuid) {
        return client.get("/api/agents/" + uuid).body();
    }

    private static List<String> types(JsonNode details) {
        return details.at("/lifecycleEvents")
                .valueStream()
                .map(event -> event.at("/event_type").asString())
                .toList();
    }
}
