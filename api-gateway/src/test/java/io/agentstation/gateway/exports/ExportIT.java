package io.agentstation.gateway.exports;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.StoredHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class ExportIT {

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final Http user = station.tenant();
    private final StoredHistory history = new StoredHistory(station);
    private final AgentId agent = StoredHistory.create(user);
    private final String path = "/api/agents/" + agent + "/export";
    private final Instant newest = Instant.now().minusSeconds(60);

    /** Heartbeats and metrics, one a second. */
    private void write(int count) {
        StoredHistory.all(IntStream.range(0, count)
                .boxed()
                .flatMap(i -> Stream.of(
                        () -> history.beat(agent, newest.minusSeconds(i), count - i),
                        () -> history.report(agent, newest.minusSeconds(i), count - i, Map.of("queue", i)))));
    }

    private static List<String> ids(JsonNode rows) {
        return rows.values().stream().map(row -> row.path("id").asString()).toList();
    }

    @Test
    void theNewestRowsAreInItAndTheTotalsCountAll() {
        // Given
        others.activate(agent);
        write(1_500);
        Answer details = user.get("/api/agents/" + agent);

        // When
        Answer export = user.post(path, "{\"telemetry_limit\":1000}");

        // Then
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.header("Content-Type")).contains("application/json");
        assertThat(export.body().propertyNames())
                .containsExactly("agent", "heartbeats", "metrics", "lifecycle_events", "metadata");
        List<String> expected = IntStream.range(0, 1_000)
                .mapToObj(i -> Integer.toString(1_500 - i))
                .toList();
        assertThat(ids(export.body().path("heartbeats"))).isEqualTo(expected);
        assertThat(ids(export.body().path("metrics"))).isEqualTo(expected);
        assertThat(export.body().path("agent")).isEqualTo(details.body().path("agent"));
        assertThat(export.body().path("lifecycle_events"))
                .isEqualTo(details.body().path("lifecycleEvents"));
        assertThat(export.body().at("/heartbeats/0")).isEqualTo(details.body().at("/recentHeartbeats/0"));
        assertThat(export.body().at("/metrics/0")).isEqualTo(details.body().at("/recentMetrics/0"));
        assertThat(export.body().at("/metadata/total_heartbeats").asLong()).isEqualTo(1_500);
        assertThat(export.body().at("/metadata/total_metrics").asLong()).isEqualTo(1_500);
        assertThat(Instant.parse(export.body().at("/metadata/exported_at").asString()))
                .isBetween(newest, Instant.now());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|100",
                "{}|100",
                "{\"telemetry_limit\":null}|100",
                "{\"include_telemetry\":true}|100",
                "{\"include_telemetry\":false}|0",
                "{\"include_telemetry\":false,\"telemetry_limit\":5}|0",
                "{\"telemetry_limit\":1}|1",
                "{\"telemetry_limit\":10000,\"other\":1}|120"
            })
    void theBodyChoosesHowMuchTelemetryIsInIt(String body, int rows) {
        // Given
        write(120);

        // When
        Answer export = user.post(path, body);

        // Then
        assertThat(export.status()).as(export.body().toString()).isEqualTo(200);
        assertThat(export.body().path("heartbeats").size()).isEqualTo(rows);
        assertThat(export.body().path("metrics").size()).isEqualTo(rows);
        assertThat(export.body().at("/metadata/total_heartbeats").asLong()).isEqualTo(120);
        assertThat(export.body().at("/metadata/total_metrics").asLong()).isEqualTo(120);
    }

    @Test
    void withoutABodyItsTypeDoesNotMatter() {
        assertThat(user.send("POST", path, null, "Content-Type", "text/plain").status())
                .isEqualTo(200);
        assertThat(user.post(path, "{}", "Content-Type", "text/plain").status()).isEqualTo(415);
    }

    @Test
    void itIsSignedByTheOwnerOfTheKey() {
        // Given two keys of one workspace
        WorkspaceId workspace = Station.workspace();
        Http one = station.http(workspace);
        Http two = station.http(workspace);
        String own = "/api/agents/" + StoredHistory.create(one) + "/export";

        // Then
        String first = one.post(own, "{}").body().at("/metadata/triggered_by").asString();
        String second = two.post(own, "{}").body().at("/metadata/triggered_by").asString();
        assertThat(first).matches("[0-9a-f-]{36}").isNotEqualTo(second);
        assertThat(one.post(own, "{}").body().at("/metadata/triggered_by").asString())
                .isEqualTo(first);
    }

    @Test
    void noSecretLeavesTheStation() {
        // Given
        Answer created = user.post(
                "/api/agents",
                "{\"name\":\"" + Station.name() + "\",\"env\":{\"OPENAI_API_KEY\":\"sk-of-env\"},"
                        + "\"labels\":{\"access-token\":\"sk-of-label\",\"team\":\"blue\"}}");
        AgentId other = AgentId.of(created.body().at("/agent/uuid").asString());
        var unused = history.report(
                        other, newest, 1, Map.of("db", Map.of("password", "sk-of-metrics"), "tokens_used", 7))
                .toCompletableFuture()
                .join();

        // When
        Answer export = user.post("/api/agents/" + other + "/export", "{}");

        // Then
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.body().toString()).doesNotContain("sk-of");
        assertThat(export.body().at("/agent/environment/0").asString()).isEqualTo("OPENAI_API_KEY");
        assertThat(export.body().at("/agent/labels").toString())
                .isEqualTo("{\"access-token\":\"[REDACTED]\",\"team\":\"blue\"}");
        assertThat(export.body().at("/metrics/0/custom_metrics/tokens_used").asInt())
                .isEqualTo(7);
    }

    @Test
    void aDayWithoutReportsAndMidnightAreNoEnd() {
        // Given
        List<Instant> times = List.of(
                newest,
                newest.minus(Duration.ofDays(1)),
                newest.minus(Duration.ofDays(4)),
                newest.minus(Duration.ofDays(6)));
        for (int i = 0; i < times.size(); i++) {
            history.heartbeat(agent, times.get(i), 10 - i);
        }

        // When
        Answer export = user.post(path, "{\"telemetry_limit\":3}");

        // Then
        assertThat(ids(export.body().path("heartbeats"))).containsExactly("10", "9", "8");
        assertThat(export.body().at("/metadata/total_heartbeats").asLong()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "\"10\"", "10001", "1e2", "[]", "true", "99999999999999999999"})
    void aLimitThatIsWrongIsNamed(String limit) {
        for (String include : new String[] {"true", "false"}) {
            // When
            Answer answer =
                    user.post(path, "{\"include_telemetry\":" + include + ",\"telemetry_limit\":" + limit + "}");

            // Then
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("telemetry_limit must be an integer from 1 to 10000");
            assertThat(answer.fields()).containsExactly("telemetry_limit");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"true\"", "[]", "{}"})
    void anAnswerOtherThanYesOrNoIsNamed(String include) {
        // When
        Answer answer = user.post(path, "{\"telemetry_limit\":0,\"include_telemetry\":" + include + "}");

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.fields()).containsExactly("include_telemetry", "telemetry_limit");
        assertThat(answer.error()).isEqualTo("include_telemetry must be true or false");
    }

    @Test
    void theChecksHaveTheSameOrder() {
        Http stranger = station.tenant();
        assertThat(station.http().post(path, "{", "Content-Type", "text/plain").status())
                .isEqualTo(401);
        assertThat(stranger.post(path, "{", "Content-Type", "text/plain").status())
                .isEqualTo(415);
        assertThat(stranger.post(path, "{").status()).isEqualTo(400);
        assertThat(stranger.post(path, "null").status()).isEqualTo(400);
        assertThat(stranger.post(path, "{}").status()).isEqualTo(404);
        assertThat(stranger.post(path, "{}").error()).isEqualTo("Agent not found");
        assertThat(stranger.post("/api/agents/no-uuid/export", "{}").status()).isEqualTo(404);
        assertThat(user.get(path).status()).isEqualTo(405);
        assertThat(user.post(path, "{\"other\":\"" + "x".repeat(70_000) + "\"}").status())
                .isEqualTo(413);
    }
}
