package io.agentstation.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AuditIT {

    private static final String AUDIT = "/api/audit";

    private final Station station = Station.get();
    private final WorkspaceId workspace = Station.workspace();
    private final Http admin = station.http(workspace, "admin");
    private final Http member = station.http(workspace, "member");

    @Test
    void whatWasDoneAndWhatWasRefusedIsListedNewestFirst() {
        String agent = create();
        member.post("/api/agents/" + agent + "/scale", "{\"replicas\":2,\"reason\":\"more work\"}");
        station.http(workspace, "viewer").delete("/api/agents/" + agent);
        member.post("/api/agents/" + agent + "/kill", "{}");
        member.get(AUDIT);

        List<JsonNode> entries = entries(AUDIT, 5);

        assertThat(entries.stream()
                        .map(entry -> entry.path("action").asString() + " "
                                + entry.path("outcome").asString() + " "
                                + entry.path("status").asInt()))
                .containsExactly(
                        "GET /api/audit refused 403",
                        "POST /api/agents/{id}/kill refused 403",
                        "DELETE /api/agents/{id} refused 403",
                        "POST /api/agents/{id}/scale accepted 202",
                        "POST /api/agents done 201");
        JsonNode scaled = entries.get(3);
        assertThat(scaled.path("target").asString()).isEqualTo(agent);
        assertThat(scaled.path("reason").asString()).isEqualTo("more work");
        assertThat(scaled.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(scaled.at("/actor/kind").asString()).isEqualTo("key");
        assertThat(member.credential()).contains(scaled.at("/actor/id").asString());
        assertThat(entries.get(1).path("reason").asString()).isEqualTo("forbidden");
        assertThat(entries.get(4).path("target").asString()).isEqualTo(agent);
    }

    @Test
    void readingAndReportingAreNotListedAndAnotherTenantsLogIsAnother() {
        String agent = create();
        member.get("/api/agents/" + agent);
        member.post("/api/agents/" + agent + "/heartbeat", "{\"mode\":\"IDLE\",\"uptime_seconds\":1}");
        member.delete("/api/agents/" + agent, "Prefer", "wait=0");

        assertThat(entries(AUDIT, 2)).hasSize(2);
        assertThat(station.http(Station.workspace(), "admin").get(AUDIT).body().size())
                .isZero();
    }

    @Test
    void itIsReadInPagesAndByFilters() {
        List<String> agents = IntStream.range(0, 5).mapToObj(i -> create()).toList();
        entries(AUDIT, 5);

        Answer first = admin.get(AUDIT + "?limit=2");
        String next = first.header("Link").orElseThrow().replaceAll("<(.*)>.*", "$1");
        assertThat(targets(first.body())).containsExactly(agents.get(4), agents.get(3));
        assertThat(targets(admin.get(next).body())).containsExactly(agents.get(2), agents.get(1));
        assertThat(targets(admin.get(AUDIT + "?target=" + agents.get(0)).body()))
                .containsExactly(agents.get(0));
        assertThat(admin.get(AUDIT + "?outcome=refused").body().size()).isZero();
        assertThat(admin.get(AUDIT + "?to=2026-01-01T00:00:00Z").body().size()).isZero();
        assertThat(admin.get(AUDIT + "?outcome=odd").fields()).containsExactly("outcome");
        assertThat(admin.get(AUDIT + "?cursor=odd").fields()).containsExactly("cursor");
    }

    @Test
    void noSecretStandsInIt() {
        String key =
                admin.post("/api/keys", "{\"name\":\"n\"}").body().path("key").asString();
        admin.delete("/api/keys/" + key);
        admin.post("/api/agents?token=" + key, "{\"name\":\"" + key + "\",\"env\":{\"TOKEN\":\"" + key + "\"}}");

        String log = entries(AUDIT, 3).toString();

        assertThat(log)
                .contains("DELETE /api/keys/{key_id}")
                .doesNotContain(key)
                .doesNotContain(key.substring(16));
    }

    @Test
    void failedLoginsAreCountedInTheStationsOwnLog() {
        Http owner = station.http(workspace, "station");
        for (int i = 0; i < 50; i++) {
            owner.as("sta_wrong_" + i).get("/api/fleet");
        }

        await("they are written every ten seconds")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    JsonNode entries =
                            owner.get(AUDIT + "?scope=station&limit=1000").body();
                    assertThat(entries.valueStream()
                                    .filter(entry ->
                                            entry.path("action").asString().equals("log in"))
                                    .mapToInt(entry -> entry.path("times").asInt())
                                    .sum())
                            .isGreaterThanOrEqualTo(50);
                    assertThat(entries.size()).isLessThan(50);
                });
        assertThat(admin.get(AUDIT + "?scope=station").status()).isEqualTo(403);
    }

    private String create() {
        return member.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}")
                .body()
                .at("/agent/uuid")
                .asString();
    }

    private List<JsonNode> entries(String path, int expected) {
        return await("entries follow their answers")
                .until(() -> admin.get(path).body().valueStream().toList(), entries -> entries.size() >= expected);
    }

    private static List<String> targets(JsonNode entries) {
        return entries.valueStream()
                .map(entry -> entry.path("target").asString())
                .toList();
    }
}
