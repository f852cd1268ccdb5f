package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.guarantees.processes.Suspension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** I4 and I5 through HTTP: silence is called so in time and once; a pause of the Station itself is nobody's silence. */
class SilenceIsProvenIT {

    private static final Duration SUSPENSION = Duration.ofSeconds(60);

    @RegisterExtension
    static final OneStation STATION = new OneStation();

    private final StationClient client = STATION.client();

    @Test
    void anAgentThatFallsSilentIsCalledUnhealthyOnceAndRecoversOnce() {
        // Given an agent in EMERGENCY mode: 5 s, and 1.25 s of grace
        String uuid = client.create("falls-silent", ",\"image\":\"simulate/silent\"");
        client.awaitState(uuid, "PROVISIONED", Duration.ofSeconds(10));
        beat(uuid);

        // When it says no more
        Awaitility.await("unhealthy").atMost(Duration.ofSeconds(30)).until(() -> health(uuid), "unhealthy"::equals);

        // Then the log shows one event within 1.5 intervals of the last heartbeat
        JsonNode details = client.get("/api/agents/" + uuid).body();
        JsonNode unhealthy = events(details, "UNHEALTHY").get(0);
        assertThat(unhealthy.at("/metadata/error_code").asInt()).isEqualTo(480);
        assertThat(unhealthy.at("/metadata/missed_intervals").asInt()).isEqualTo(1);
        Instant lastHeartbeat =
                Instant.parse(details.at("/agent/last_heartbeat_at").asString());
        assertThat(Instant.parse(unhealthy.at("/timestamp").asString()))
                .isBetween(lastHeartbeat.plusMillis(6_250), lastHeartbeat.plusMillis(7_500));
        assertThat(details.at("/agent/unhealthy_since").asString()).isNotEmpty();

        // And one more heartbeat is the end of it
        beat(uuid);
        Awaitility.await("healthy again").atMost(Duration.ofSeconds(10)).until(() -> health(uuid), "healthy"::equals);
        JsonNode after = client.get("/api/agents/" + uuid).body();
        assertThat(events(after, "UNHEALTHY")).hasSize(1);
        assertThat(events(after, "RECOVERED")).hasSize(1);
        client.delete("/api/agents/" + uuid);
    }

    @Test
    void afterAPauseOfTheWholeStationOnlyTheDeadAreCalledUnhealthy() throws Exception {
        // Given one agent that keeps the contract, and one that dies while nobody looks
        String living = client.create("keeps-the-contract", ",\"image\":\"simulate/silent\"");
        String dying = client.create("dies-meanwhile", ",\"image\":\"simulate/silent\"");
        client.awaitState(living, "PROVISIONED", Duration.ofSeconds(10));
        client.awaitState(dying, "PROVISIONED", Duration.ofSeconds(10));
        Path keyFile = STATION.data().resolve("api-key");
        try (AgentProcess survivor = AgentProcess.start(STATION.process().url(), living, keyFile);
                AgentProcess victim = AgentProcess.start(STATION.process().url(), dying, keyFile)) {
            client.awaitState(living, "ACTIVE", Duration.ofSeconds(20));
            client.awaitState(dying, "ACTIVE", Duration.ofSeconds(20));

            // When the station is suspended for twelve intervals, and the victim is killed meanwhile
            try (Suspension suspended = Suspension.of(STATION.process().processes())) {
                victim.kill();
                suspended.holdFor(SUSPENSION);
            }

            // Then the dead one is called unhealthy and the living one never is
            Awaitility.await("the dead agent is called unhealthy")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> health(dying), "unhealthy"::equals);
            assertThat(events(client.get("/api/agents/" + living).body(), "UNHEALTHY"))
                    .isEmpty();
            assertThat(survivor.isAlive()).isTrue();
        }
    }

    private void beat(String uuid) {
        assertThat(client.post("/api/agents/" + uuid + "/heartbeat", "{\"mode\":\"EMERGENCY\",\"uptime_seconds\":1}")
                        .status())
                .isEqualTo(200);
    }

    private String health(String uuid) {
        return client.get("/api/agents/" + uuid).body().at("/agent/health").asString("(none)");
    }

    private static List<JsonNode> events(JsonNode details, String type) {
        return details.at("/lifecycleEvents")
                .valueStream()
                .filter(event -> event.at("/event_type").asString().equals(type))
                .toList();
    }
}
