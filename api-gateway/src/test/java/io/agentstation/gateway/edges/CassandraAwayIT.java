package io.agentstation.gateway.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.edges.TcpProxy.Mode;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Cassandra slow, silent or gone, behind a proxy: nobody waits long, heartbeats go on, and all comes back by itself. */
final class CassandraAwayIT {

    private static final String HEARTBEAT = "{\"mode\":\"IDLE\",\"uptime_seconds\":1}";
    private static final int CALLS = 20;
    // What they would wait without the breaker is their number times the time-out of 1.8 s; this is less than a third.
    private static final Duration FAR_BELOW_ALL_TIMEOUTS = Duration.ofSeconds(12);
    private static final Duration LONG_WAY = Duration.ofMillis(40);
    private static TcpProxy proxy;
    private static ConfigurableApplicationContext gateway;
    private static Http user;
    private static String agent;

    @BeforeAll
    static void start() throws IOException {
        proxy = new TcpProxy(SharedCassandra.get().contactPoint());
        Map<String, Object> properties = Station.properties(Station.get().bootstrapServers());
        properties.put("station.store.contact-points", proxy.address());
        properties.remove("station.store.request-timeout");
        properties.remove("station.gateway.edges.answer-within");
        gateway = ApiGateway.start(properties);
        user = new Http(Station.port(gateway), Station.get().tenant().credential());
        Answer created = user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}");
        agent = created.header("Location").orElseThrow();
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.be(Mode.PASS);
        gateway.close();
        proxy.close();
    }

    @AfterEach
    void allComesBackByItself() {
        proxy.be(Mode.PASS);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(user.get(agent).status()).isEqualTo(200);
            assertThat(user.get("/api/health").status()).isEqualTo(200);
            assertThat(breakerIsOpen()).isZero();
        });
    }

    private static double breakerIsOpen() {
        return gateway.getBean(MeterRegistry.class)
                .get("station.gateway.store.breaker.open")
                .gauge()
                .value();
    }

    private static Http itself() {
        String id = agent.substring(agent.lastIndexOf('/') + 1);
        return user.as(AgentToken.of(Station.key(), AgentId.of(id)));
    }

    /** A request that fails when it is not answered in time, each for itself. */
    private static HttpRequest.Builder inTime(String path) {
        return user.request(path).timeout(EveryCall.PATIENCE).header("Content-Type", "application/json");
    }

    private static HttpRequest create() {
        return inTime("/api/agents")
                .POST(BodyPublishers.ofString("{\"name\":\"" + Station.name() + "\"}"))
                .build();
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "GONE", "REFUSING"})
    void callersAreToldSoonAndHeartbeatsGoOn(Mode mode) {
        assertThat(itself().post(agent + "/heartbeat", HEARTBEAT).status()).isEqualTo(200);
        proxy.be(mode);

        long before = System.nanoTime();
        List<Answer> answers = IntStream.range(0, CALLS)
                .mapToObj(call -> user.send(call % 2 == 0 ? inTime(agent).build() : create()))
                .toList();
        Duration taken = Duration.ofNanos(System.nanoTime() - before);

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).contains("1");
        });
        assertThat(taken).isLessThan(FAR_BELOW_ALL_TIMEOUTS);
        assertThat(breakerIsOpen()).isEqualTo(1);
        assertThat(IntStream.range(0, CALLS)
                        .map(beat ->
                                itself().post(agent + "/heartbeat", HEARTBEAT).status()))
                .containsOnly(200);
        await().untilAsserted(() ->
                assertThat(user.as(null).get("/api/health").status()).isEqualTo(503));
    }

    @Test
    void whoIsSlowIsServed() {
        proxy.beSlow(LONG_WAY);

        assertThat(user.get(agent).status()).isEqualTo(200);
        assertThat(user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(itself().post(agent + "/heartbeat", HEARTBEAT).status()).isEqualTo(200);
    }
}
