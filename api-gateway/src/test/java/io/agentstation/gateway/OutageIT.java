package io.agentstation.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.embedded.SharedBroker;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.gateway.Http.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What clients are told while Kafka or Cassandra hangs: never a lie, and never anything but 503 with Retry-After. */
final class OutageIT {

    private static final String HEARTBEAT = "{\"mode\":\"IDLE\",\"uptime_seconds\":1}";

    private static final String POLICY = "{\"on_unhealthy\":\"restart\"}";

    private static ConfigurableApplicationContext gateway;
    private static Http user;

    @BeforeAll
    static void start() {
        String servers = SharedBroker.get().bootstrapServers();
        Station.createTopics(servers);
        Map<String, Object> properties = Station.properties(servers);
        // As a gateway has it.
        properties.remove("station.store.request-timeout");
        properties.remove("station.gateway.edges.answer-within");
        gateway = ApiGateway.start(properties);
        user = new Http(Station.port(gateway), Station.get().tenant().credential());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(503);
        assertThat(answer.header("Retry-After"))
                .hasValueSatisfying(seconds -> assertThat(seconds).matches("\\d+"));
        assertThat(answer.body().path("code").asString()).isEqualTo("unavailable");
    }

    private static String create(String name) {
        Answer created = user.post("/api/agents", "{\"name\":\"" + name + "\"}");
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return created.body().at("/agent/uuid").asString();
    }

    @Test
    void whileKafkaHangsNothingIsAcknowledged() throws IOException, InterruptedException {
        // Given
        String path = "/api/agents/" + create(Station.name());
        String name = Station.name();
        assertThat(user.post(path + "/heartbeat", HEARTBEAT).status()).isEqualTo(200);

        // When
        signal("STOP", SharedBroker.get().pid());
        try {
            // Then
            assertUnavailable(user.post(path + "/heartbeat", HEARTBEAT));
            assertUnavailable(
                    user.post(path + "/metrics", "{\"cpu_percent\":1,\"memory_mb\":1,\"requests_handled\":1}"));
            assertUnavailable(user.post("/api/agents", "{\"name\":\"" + name + "\"}"));
            assertUnavailable(user.delete(path));
            assertUnavailable(user.send("PUT", "/api/policies", POLICY));
            assertUnavailable(user.send("PUT", path + "/policies", POLICY));
            Answer health = user.as(null).get("/api/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.body().toString()).isEqualTo("{\"status\":\"degraded\"}");
            assertThat(ticks()).isEqualTo("held");
            assertThat(user.get(path).status()).as("reading goes on").isEqualTo(200);
            assertThat(user.post("/api/agents", "{\"name\":\"" + name + "\"}").status())
                    .as("whether it was created is unknown, so its name is not free")
                    .isEqualTo(409);
        } finally {
            signal("CONT", SharedBroker.get().pid());
        }

        // And when it is back, so is everything
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(user.post(path + "/heartbeat", HEARTBEAT).status()).isEqualTo(200);
            assertThat(user.get("/api/health").status()).isEqualTo(200);
            assertThat(user.send("PUT", "/api/policies", POLICY).status()).isEqualTo(200);
            assertThat(ticks()).isEqualTo("sent");
        });
    }

    private static String ticks() {
        return user.get("/api/health").body().at("/components/ticks").asString();
    }

    @Test
    void whileCassandraHangsAgentsAreHeardAndNobodyElseIsAnswered() throws IOException, InterruptedException {
        // Given
        String known = "/api/agents/" + create(Station.name()) + "/heartbeat";
        AgentId unknown = new AgentId(UUID.randomUUID());
        Http knownAgent = user.as(AgentToken.of(
                Station.key(), AgentId.of(known.substring("/api/agents/".length(), known.lastIndexOf('/')))));
        Http unknownAgent = user.as(AgentToken.of(Station.key(), unknown));
        assertThat(knownAgent.post(known, HEARTBEAT).status()).isEqualTo(200);

        // When
        signal("STOP", SharedCassandra.get().pid());
        try {
            // Then
            assertThat(knownAgent.post(known, HEARTBEAT).status()).isEqualTo(200);
            Answer unsure = unknownAgent.post("/api/agents/" + unknown + "/heartbeat", HEARTBEAT);
            assertThat(unsure.status()).isEqualTo(200);
            assertThat(unsure.body().path("state").isNull()).isTrue();
            assertUnavailable(user.get("/api/agents"));
            String path = known.substring(0, known.lastIndexOf('/'));
            for (String history : new String[] {"heartbeats", "metrics", "metrics?step=1m", "events", "availability"}) {
                assertUnavailable(user.get(path + "/" + history));
            }
            assertUnavailable(user.post(path + "/export", "{}"));
            assertUnavailable(user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}"));
            assertThat(user.as(null).get("/api/health").status()).isEqualTo(503);
        } finally {
            signal("CONT", SharedCassandra.get().pid());
        }

        // And when it is back, so is everything
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(user.get("/api/agents").status()).isEqualTo(200));
    }
}
