package io.agentstation.gateway.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I11: bad input gets a clear 4xx in the error format and stores nothing. */
final class HostileInputIT {

    private static final String AGENTS = "/api/agents";
    private static final byte[] TEN_MEGABYTES = new byte[10 * 1024 * 1024];

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final Http user = station.tenant();

    private static void assertRefused(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().path("error").isString()).isTrue();
        assertThat(answer.body().path("code").isString()).isTrue();
        assertThat(answer.body().path("details").isArray()).isTrue();
        assertThat(answer.header("X-Request-Id"))
                .contains(answer.body().path("request_id").asString());
        assertThat(answer.header("Content-Type")).contains("application/json");
    }

    private void assertNothingStored() {
        assertThat(user.get(AGENTS).body().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "\"text\"",
                "{\"name\":\"a\"",
                "{\"name\":\"twice-a\",\"name\":\"twice-b\"}",
                "{\"name\":\"garbage\"} x",
                "{\"name\":\"garbage\"}{}",
                "{'name':'quotes'}",
                "{\"name\":\"nan\",\"port\":NaN}",
                "{\"name\":\"comment\"/* */}",
                "\u0000"
            })
    void aBodyThatIsNotOneJsonObjectIsRefused(String body) {
        // When
        Answer answer = user.post(AGENTS, body);

        // Then
        assertRefused(answer, 400);
        assertThat(answer.body().path("code").asString()).isEqualTo("malformed_body");
        assertNothingStored();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|Name is required|name",
                "{\"name\":null}|Name is required|name",
                "{\"name\":\"\"}|Name is required|name",
                "{\"name\":7}|Name is required|name",
                "{\"name\":\"My-Agent\"}|Name must be DNS-safe: lowercase alphanumeric and hyphens only|name",
                "{\"name\":\"-a\"}|Name must be DNS-safe: lowercase alphanumeric and hyphens only|name",
                "{\"name\":\"a b\"}|Name must be DNS-safe: lowercase alphanumeric and hyphens only|name",
                "{\"name\":\"a\\n\"}|Name must be DNS-safe: lowercase alphanumeric and hyphens only|name",
                "{\"name\":\"a0123456789012345678901234567890123456789012345678901234567890123\"}"
                        + "|Name must be DNS-safe: lowercase alphanumeric and hyphens only|name",
                "{\"name\":\"x\",\"description\":7}|description must be a string|description",
                "{\"name\":\"x\",\"description\":\"\\ud800\"}"
                        + "|Text must be valid Unicode without the character U+0000|description",
                "{\"name\":\"x\",\"description\":\"\\u0000\"}"
                        + "|Text must be valid Unicode without the character U+0000|description",
                "{\"name\":\"x\",\"resources\":[]}|resources must be an object|resources",
                "{\"name\":\"x\",\"resources\":{\"gpu\":\"1\"}}|Unknown field \"gpu\" in resources|resources.gpu",
                "{\"name\":\"x\",\"resources\":{\"cpu_limit\":\"9\"}}|cpu_limit exceeds maximum of 8 cores"
                        + "|resources.cpu_limit",
                "{\"name\":\"x\",\"heartbeat\":\"nobody\"}|Invalid heartbeat. Must be one of: agent, sidecar|heartbeat",
                "{\"name\":\"x\",\"env\":{\"STATION_URL\":\"u\"}}"
                        + "|env: names that begin with STATION_ are reserved: \"STATION_URL\"|env.STATION_URL",
                "{\"name\":\"x\",\"on_unhealthy\":1}|on_unhealthy must be a string|on_unhealthy",
                "{\"name\":\"x\",\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":0}"
                        + "|unhealthy_after_intervals must be an integer from 1 to 1000|unhealthy_after_intervals",
                "{\"name\":\"x\",\"unhealthy_after_intervals\":1}"
                        + "|unhealthy_after_intervals means nothing without on_unhealthy|unhealthy_after_intervals",
                "{\"name\":\"x\",\"port\":\"80\"}|port must be an integer from 1 to 65535|port"
            })
    void aFieldThatIsWrongIsNamed(String body, String error, String field) {
        // When
        Answer answer = user.post(AGENTS, body);

        // Then
        assertRefused(answer, 400);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.fields()).containsExactly(field);
        assertNothingStored();
    }

    @Test
    void everyFieldThatIsWrongIsNamedAtOnce() {
        // When
        Answer answer = user.post(AGENTS, "{\"name\":\"A\",\"port\":0,\"replicas\":-1,\"labels\":{\"a\":1}}");

        // Then
        assertRefused(answer, 400);
        assertThat(answer.fields()).containsExactly("name", "replicas", "port", "labels.a");
    }

    @Test
    void unknownFieldsAreIgnoredInACreate() {
        // When
        Answer answer = user.post(AGENTS, "{\"name\":\"" + Station.name() + "\",\"colour\":\"red\"}");

        // Then
        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() {
        // When
        Answer answer = user.send(user.request(AGENTS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(TEN_MEGABYTES))
                .build());

        // Then
        assertRefused(answer, 413);
        assertNothingStored();
    }

    @Test
    void aChunkedBodyThatIsTooLargeIsRefused() {
        // When
        Answer answer = user.send(user.request(AGENTS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TEN_MEGABYTES)))
                .build());

        // Then
        assertRefused(answer, 413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/json;charset=utf-16",
                "nonsense",
                "application/json;charset=nonsense"
            })
    void anotherContentTypeIsRefused(String type) {
        // When
        Answer answer = user.post(AGENTS, "{\"name\":\"x\"}", "Content-Type", type);

        // Then
        assertRefused(answer, 415);
        assertNothingStored();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/agents/not-a-uuid, 404",
        "/api/agents/1-1-1-1-1, 404",
        "/api/agents/%2e%2e%2fetc, 400",
        "/api/agents/a%2Fb, 400",
        "/api/agents/a%5Cb, 400",
        "/api/agents/%00, 400",
        "/api/agents/%ff%fe, 400",
        "/api/agents/, 404",
        "/api/nothing, 404",
        "/, 404",
        "/api/agents?limit=0, 400",
        "/api/agents?limit=1001, 400",
        "/api/agents?limit=ten, 400",
        "/api/agents?limit=, 400",
        "/api/agents?cursor=x, 400",
        "/api/agents?state=active, 400",
        "/api/agents?health=fine, 400",
        "/api/agents?label=nokey, 400",
        "/api/agents?name=%ff, 400"
    })
    void aPathOrQueryThatIsWrongIsRefused(String path, int status) {
        assertRefused(user.get(path), status);
    }

    @Test
    void anAgentThatDoesNotExistIsNotFound() {
        // Given
        String path = AGENTS + "/" + UUID.randomUUID();

        // Then
        for (Answer answer : new Answer[] {
            user.get(path),
            user.delete(path),
            user.post(path + "/heartbeat", "{\"mode\":\"IDLE\",\"uptime_seconds\":1}"),
            user.post(path + "/metrics", "{\"cpu_percent\":1,\"memory_mb\":1,\"requests_handled\":1}")
        }) {
            assertRefused(answer, 404);
            assertThat(answer.error()).isEqualTo("Agent not found");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/agents",
        "PATCH, /api/agents",
        "DELETE, /api/agents",
        "BREW, /api/agents",
        "GET, /api/agents/018f0000-0000-7000-8000-000000000000/heartbeat",
        "POST, /api/fleet",
        "POST, /api/policies",
        "DELETE, /api/agents/018f0000-0000-7000-8000-000000000000/policies"
    })
    void aWrongMethodIsRefusedAndTheRightOnesAreNamed(String method, String path) {
        // When
        Answer answer = user.send(method, path, null);

        // Then
        assertRefused(answer, 405);
        assertThat(answer.header("Allow")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mode\":\"IDLE\",\"uptime_seconds\":1,\"cpu_percent\":5}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":1,\"anything\":null}",
                "{\"mode\":\"idle\",\"uptime_seconds\":1}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":\"1\"}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":-1}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":1e999}",
                "{\"uptime_seconds\":1}",
                "{\"mode\":\"IDLE\",\"mode\":\"SLEEP\",\"uptime_seconds\":1}"
            })
    void aHeartbeatThatIsWrongIsNotRecorded(String body) {
        // Given
        Answer created = user.post(AGENTS, "{\"name\":\"" + Station.name() + "\"}");
        String id = created.body().at("/agent/uuid").asString();

        // When
        Answer answer = user.post(AGENTS + "/" + id + "/heartbeat", body);

        // Then
        assertRefused(answer, 400);
        assertThat(others.records(Topic.HEARTBEATS))
                .noneMatch(record -> OtherServices.key(record).equals(id));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|on_unhealthy",
                "{\"on_unhealthy\":null}|on_unhealthy",
                "{\"on_unhealthy\":\"inherit\"}|on_unhealthy",
                "{\"on_unhealthy\":[\"kill\"]}|on_unhealthy",
                "{\"on_unhealthy\":\"Kill\"}|on_unhealthy",
                "{\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":1e2}|unhealthy_after_intervals",
                "{\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":1001}|unhealthy_after_intervals",
                "{\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":99999999999}|unhealthy_after_intervals",
                "{\"on_unhealthy\":\"no\",\"unhealthy_after_intervals\":0}|on_unhealthy unhealthy_after_intervals"
            })
    void aPolicyThatIsWrongIsNotSet(String body, String fields) {
        // When
        Answer answer = user.send("PUT", "/api/policies", body);

        // Then
        assertRefused(answer, 400);
        assertThat(String.join(" ", answer.fields())).isEqualTo(fields);
        assertThat(user.get("/api/policies").body().path("on_unhealthy").asString())
                .isEqualTo("none");
    }

    @Test
    void aPolicysChecksHaveTheSameOrder() {
        // Given
        String unknown = AGENTS + "/" + UUID.randomUUID() + "/policies";
        String policy = "{\"on_unhealthy\":\"kill\"}";
        String agentsToken = AgentToken.of(Station.key(), new AgentId(UUID.randomUUID()));

        // Then
        for (String path : new String[] {unknown, "/api/policies"}) {
            assertRefused(station.http().send("PUT", path, "{", "Content-Type", "text/plain"), 401);
            assertRefused(station.http().as(agentsToken).send("PUT", path, "{", "Content-Type", "text/plain"), 403);
            assertRefused(user.send("PUT", path, policy, "Content-Type", "text/plain"), 415);
            assertRefused(user.send("PUT", path, "{"), 400);
        }
        assertRefused(user.send("PUT", unknown, "{}"), 400);
        assertRefused(user.send("PUT", unknown, policy, "Prefer", "wait=61"), 400);
        assertRefused(user.send("PUT", unknown, policy), 404);
        assertRefused(user.send("PUT", AGENTS + "/no-uuid/policies", policy), 404);
    }

    @Test
    void withoutAValidKeyNothingIsAnswered() {
        String agentsToken = AgentToken.of(Station.key(), new AgentId(UUID.randomUUID()));
        Http nobody = station.http();
        assertRefused(nobody.get(AGENTS), 401);
        assertRefused(nobody.get("/anything"), 401);
        assertRefused(nobody.post(AGENTS, "{"), 401);
        assertRefused(nobody.as("sta_wrong").get(AGENTS), 401);
        assertRefused(nobody.as(user.credential() + "x").get(AGENTS), 401);
        assertRefused(nobody.as(agentsToken + "x").get(AGENTS), 401);
        assertThat(nobody.get(AGENTS).error()).isEqualTo("Unauthorized");
        assertRefused(nobody.as(agentsToken).get(AGENTS), 403);
        assertRefused(nobody.as(agentsToken).post(AGENTS, "{\"name\":\"x\"}"), 403);
    }

    @Test
    void theOrderOfTheChecksIsAsDocumented() {
        // Given a request with everything wrong
        String unknown = AGENTS + "/" + UUID.randomUUID() + "/heartbeat";

        // Then 401 before 415 and 413 before 400 before 404
        assertRefused(station.http().post(unknown, "{", "Content-Type", "text/plain"), 401);
        assertRefused(user.post(unknown, "{", "Content-Type", "text/plain"), 415);
        assertRefused(user.post(unknown, "{"), 400);
        assertRefused(user.post(unknown, "{\"mode\":\"IDLE\"}"), 400);
        assertRefused(user.post(unknown, "{\"mode\":\"IDLE\",\"uptime_seconds\":1}"), 404);
        assertRefused(user.post(AGENTS + "/no-uuid/heartbeat", "{"), 400);
    }

    @Test
    void whatTheClientAcceptsDoesNotMatter() {
        assertThat(user.get(AGENTS, "Accept", "text/html").status()).isEqualTo(200);
        assertThat(user.get(AGENTS, "Accept", "nonsense").status()).isEqualTo(200);
        assertRefused(user.get("/api/nothing", "Accept", "text/html"), 404);
    }
}
