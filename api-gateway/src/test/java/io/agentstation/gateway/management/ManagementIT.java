package io.agentstation.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Station;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.Tier;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mock.env.MockEnvironment;

final class ManagementIT {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern NAME_IN_TABLE = Pattern.compile("(?m)^\\| `(station\\.[a-z.]+)` \\|");
    private static final String HEARTBEAT = "{\"mode\":\"IDLE\",\"uptime_seconds\":1}";

    private static final Station STATION = Station.get();
    private static ConfigurableApplicationContext gateway;
    private static URI management;
    private static Http user;

    @BeforeAll
    static void start() {
        Map<String, Object> properties = Station.properties(STATION.bootstrapServers());
        properties.put("station.gateway.management.port", 0);
        gateway = ApiGateway.start(properties);
        management = URI.create(gateway.getEnvironment().getRequiredProperty(ManagementServer.URL_PROPERTY));
        user = new Http(Station.port(gateway), STATION.tenant().credential());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void isWellAgain() {
        AvailabilityChangeEvent.publish(gateway, LivenessState.CORRECT);
        AvailabilityChangeEvent.publish(gateway, ReadinessState.ACCEPTING_TRAFFIC);
    }

    private static HttpResponse<String> ask(String method, URI uri) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(uri)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> get(String path) {
        return ask("GET", management.resolve(path));
    }

    private static double figure(String line) {
        return get("/metrics")
                .body()
                .lines()
                .filter(each -> each.startsWith(line + " "))
                .map(each -> Double.parseDouble(each.substring(line.length() + 1)))
                .findFirst()
                .orElse(0.0);
    }

    @Test
    void probesAndHealthNeedNoKey() {
        assertThat(get("/health/liveness").body()).isEqualTo("{\"status\":\"up\"}");
        assertThat(get("/health/readiness").body()).isEqualTo("{\"status\":\"up\"}");
        assertThat(get("/health/readiness").statusCode()).isEqualTo(200);
        assertThat(ask("HEAD", management.resolve("/health/readiness")).statusCode())
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(get("/health").body())
                .isEqualTo(user.get("/api/health").body().toString())
                .contains("\"kafka\":\"up\",\"cassandra\":\"up\",\"ticks\":\"sent\""));
    }

    @Test
    void aGatewayThatEndsOrIsBrokenIsTakenOutOrStartedAgain() {
        for (AvailabilityState state : List.of(ReadinessState.REFUSING_TRAFFIC, LivenessState.BROKEN)) {
            publish(state);
        }

        assertThat(get("/health/readiness").statusCode()).isEqualTo(503);
        assertThat(get("/health/readiness").body()).isEqualTo("{\"status\":\"down\"}");
        assertThat(get("/health/liveness").statusCode()).isEqualTo(503);
    }

    private static void publish(AvailabilityState state) {
        AvailabilityChangeEvent.publish(gateway, state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/actuator",
                "/actuator/health",
                "/actuator/prometheus",
                "/actuator/env",
                "/actuator/heapdump",
                "/api/agents",
                "/api/health",
                "/api/docs",
                "/-/healthy",
                "/metrics/",
                "/metricsx",
                "/metrics;x",
                "/%6detrics",
                "/health/",
                "/health/readiness/x"
            })
    void nothingElseIsThere(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(get(path).body()).isEqualTo("{\"error\":\"Not found\",\"code\":\"not_found\"}");
    }

    @Test
    void nothingIsDoneThere() {
        HttpResponse<String> answer = ask("POST", management.resolve("/metrics"));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health", "/actuator/prometheus", "/metrics", "/health"})
    void nothingOfItIsOnThePortOfTheApi(String path) {
        assertThat(user.get(path).status()).isEqualTo(404);
        assertThat(user.as(null).get(path).status()).isEqualTo(401);
    }

    @Test
    void itListensOnlyWhenItIsTold() {
        assertThat(STATION.bean(org.springframework.core.env.Environment.class)
                        .containsProperty(ManagementServer.URL_PROPERTY))
                .isFalse();
    }

    @Test
    void stationsSideBySideGetPortsOfTheirOwnAndATakenOneIsNamed() {
        MockEnvironment environment = new MockEnvironment();
        ManagementServer another =
                new ManagementServer(new ManagementSettings("127.0.0.1", 0), exchange -> {}, environment);
        another.afterPropertiesSet();
        another.destroy();

        URI other = URI.create(environment.getRequiredProperty(ManagementServer.URL_PROPERTY));
        assertThat(other.getPort()).isPositive().isNotEqualTo(management.getPort());
        ManagementServer late = new ManagementServer(
                new ManagementSettings("127.0.0.1", management.getPort()), exchange -> {}, environment);
        assertThatThrownBy(late::afterPropertiesSet)
                .hasMessageContaining("station.gateway.management")
                .hasMessageContaining(String.valueOf(management.getPort()));
        assertThatThrownBy(() -> new ManagementSettings("127.0.0.1", 65_536))
                .hasMessageContaining("station.gateway.management.port");
    }

    @Test
    void requestsAreCountedByOperationAndStatusWithTheirTime() {
        String created = "station_gateway_requests_seconds_count{operation=\"POST /api/agents\",status=\"201\"}";
        String beats =
                "station_gateway_requests_seconds_count{operation=\"POST /api/agents/{id}/heartbeat\",status=\"200\"}";
        double createdBefore = figure(created);
        double beatsBefore = figure(beats);

        String agent = user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}")
                .header("Location")
                .orElseThrow();
        assertThat(user.post(agent + "/heartbeat", HEARTBEAT).status()).isEqualTo(200);

        // The answer is there before it is counted.
        await().untilAsserted(() -> assertThat(figure(created)).isEqualTo(createdBefore + 1));
        await().untilAsserted(() -> assertThat(figure(beats)).isGreaterThan(beatsBefore));
        assertThat(figure(created.replace("_count{", "_bucket{").replace("}", ",le=\"10.0\"}")))
                .isEqualTo(createdBefore + 1);
    }

    /** Why a request is refused before any controller. */
    enum Refused {
        NO_KEY("none", 401, "unauthorized"),
        TOO_OFTEN("none", 429, "rate_limited"),
        NO_HTTP("none", 400, "bad_request");

        private final String operation;
        private final int status;
        private final String code;

        Refused(String operation, int status, String code) {
            this.operation = operation;
            this.status = status;
            this.code = code;
        }

        private void provoke() throws IOException {
            switch (this) {
                case NO_KEY -> user.as(null).get("/api/agents/" + UUID.randomUUID());
                case TOO_OFTEN -> {
                    Http free = user.as(STATION.http(Grant.of(Station.workspace(), Role.VIEWER, Tier.FREE))
                            .credential());
                    while (free.get("/api/nothing").status() != 429) {}
                }
                case NO_HTTP -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), user.port())) {
                        socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusalsAreCountedByTheirCodeAlsoThoseOfTheServer(Refused refused) throws IOException {
        String requests = "station_gateway_requests_seconds_count{operation=\"" + refused.operation + "\",status=\""
                + refused.status + "\"}";
        String refusals = "station_gateway_refusals_total{code=\"" + refused.code + "\"}";
        double requestsBefore = figure(requests);
        double refusalsBefore = figure(refusals);

        refused.provoke();

        await().untilAsserted(() -> assertThat(figure(requests)).isGreaterThan(requestsBefore));
        assertThat(figure(refusals)).isGreaterThan(refusalsBefore);
    }

    @Test
    void howItStandsIsShown() {
        await().untilAsserted(
                        () -> assertThat(figure("station_gateway_ticking")).isEqualTo(1));
        assertThat(get("/metrics").body())
                .contains("station_gateway_store_breaker_open 0", "station_gateway_detector_blind 0")
                .contains("station_gateway_waiting_requests 0")
                .contains("station_gateway_in_flight_records{topic=\"agent.commands\"} 0")
                .contains("station_gateway_producer_resting{topic=\"agent.heartbeats\"} 0");
        assertThat(get("/metrics").headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/plain; version=0.0.4");
    }

    @Test
    void theTableInTheDocumentationNamesEveryMeter() throws IOException {
        user.get("/api/nothing");
        MeterRegistry meters = gateway.getBean(MeterRegistry.class);
        await().until(() -> meters.find("station.gateway.refusals").counter() != null);
        List<String> inTable = NAME_IN_TABLE
                .matcher(Files.readString(Path.of("..", "docs", "gateway-metrics.md")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(inTable)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(meters.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .filter(name -> name.startsWith("station."))
                        .distinct()
                        .toList());
    }
}
