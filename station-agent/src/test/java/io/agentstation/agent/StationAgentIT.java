package io.agentstation.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The real transport against a real HTTP server. */
class StationAgentIT {

    private static final AgentId AGENT = AgentId.of("019ab2f0-0000-7000-8000-000000000000");

    private record Call(String path, String authorization, JsonNode body) {}

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private volatile int status = 200;
    private volatile boolean hang;
    private HttpServer server;

    @BeforeEach
    void startStation() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serverThreads);
        server.createContext("/base/api/agents/", this::answer);
        server.start();
    }

    @AfterEach
    void stopStation() {
        scheduler.shutdownNow();
        server.stop(0);
        serverThreads.shutdownNow();
    }

    @Test
    void sendsExactlyTheDocumentedBodiesWithTheToken() {
        try (StationAgent agent = agent(Duration.ofSeconds(30))) {
            agent.start();

            await().until(() -> calls.size() == 2);
        }

        Call heartbeat = call("heartbeat");
        assertThat(heartbeat.authorization()).isEqualTo("Bearer agt_token");
        assertThat(heartbeat.body().propertyNames()).containsExactlyInAnyOrder("mode", "uptime_seconds");
        assertThat(heartbeat.body().path("mode").stringValue()).isEqualTo("IDLE");
        Call metrics = call("metrics");
        assertThat(metrics.authorization()).isEqualTo("Bearer agt_token");
        assertThat(metrics.body().propertyNames())
                .containsExactlyInAnyOrder("cpu_percent", "memory_mb", "requests_handled", "custom_metrics");
        assertThat(metrics.body().path("memory_mb").doubleValue()).isGreaterThan(10);
        assertThat(metrics.body().path("cpu_percent").doubleValue()).isPositive();
        await().untilAsserted(() -> assertThat(log).contains("heartbeat acknowledged, state ACTIVE"));
    }

    @Test
    void aHungConnectionIsTriedAgain() {
        hang = true;
        try (StationAgent agent = agent(Duration.ofSeconds(2))) {
            agent.start();

            await().atMost(Duration.ofSeconds(8))
                    .until(() -> calls.stream()
                                    .filter(call -> call.path().endsWith("heartbeat"))
                                    .count()
                            >= 3);
        }
        assertThat(log).anyMatch(line -> line.startsWith("heartbeat not acknowledged"));
    }

    @Test
    void goneEndsTheAgent() {
        status = 410;
        try (StationAgent agent = agent(Duration.ofSeconds(30))) {
            agent.start();

            await().until(() -> agent.ended().toCompletableFuture().isDone());
        }
    }

    @Test
    void theJarRunsAndEndsWithZeroWhenToldToEnd(@TempDir Path directory) throws Exception {
        status = 410;
        Path token = Files.writeString(directory.resolve("token"), "agt_token\n");
        Path jar = Path.of("target", "station-agent.jar");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        "--url=" + url(),
                        "--agent=" + AGENT,
                        "--token-file=" + token)
                .redirectErrorStream(true)
                .start();

        boolean ended = process.waitFor(30, TimeUnit.SECONDS);

        assertThat(ended).isTrue();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("agent ends").doesNotContain("agt_token");
        assertThat(process.exitValue()).isZero();
    }

    private StationAgent agent(Duration interval) {
        AgentRuntime runtime = new AgentRuntime(HttpClient.newHttpClient(), scheduler, Clock.systemUTC(), new Random());
        AgentSettings settings = new AgentSettings(
                url(), AGENT, "agt_token", HeartbeatMode.IDLE, interval, AgentSettings.DEFAULT_METRICS_INTERVAL);
        return new StationAgent(settings, runtime, new AgentWorkload(new ProcessResourceUsage(), () -> 3), log::add);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base/");
    }

    private Call call(String end) {
        return calls.stream()
                .filter(call -> call.path().endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        calls.add(new Call(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                Wire.mapper().readTree(body)));
        if (hang) {
            return;
        }
        byte[] answer = Wire.write(Map.of("message", "Heartbeat recorded", "state", "ACTIVE"));
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
