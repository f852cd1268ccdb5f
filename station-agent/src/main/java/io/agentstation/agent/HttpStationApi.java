package io.agentstation.agent;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.wire.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The Station over HTTP/1.1 with JSON bodies and the agent's token. Thread-safe; the client is shared by many agents. */
final class HttpStationApi implements StationApi {

    /** Metrics are replaced by the next report, so a slow one may take its time, but not for ever. */
    private static final Duration METRICS_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    private static final int LONGEST_ERROR = 200;

    private final AgentSettings settings;
    private final HttpClient client;
    private final URI heartbeats;
    private final URI metrics;

    HttpStationApi(AgentSettings settings, HttpClient client) {
        this.settings = settings;
        this.client = client;
        String base = settings.station().toString().replaceAll("/+$", "") + "/api/agents/" + settings.agent();
        this.heartbeats = URI.create(base + "/heartbeat");
        this.metrics = URI.create(base + "/metrics");
    }

    @Override
    public CompletableFuture<StationAnswer> heartbeat(Heartbeat heartbeat) {
        return post(heartbeats, Wire.write(heartbeat), settings.longestRetryGap());
    }

    @Override
    public CompletableFuture<StationAnswer> metrics(MetricsReport report) {
        return post(metrics, Wire.write(report), METRICS_TIMEOUT);
    }

    private CompletableFuture<StationAnswer> post(URI uri, byte[] body, Duration timeout) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(timeout)
                .header("Authorization", "Bearer " + settings.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        var response = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        CompletableFuture<StationAnswer> answer = response.thenApply(HttpStationApi::read);
        // Cancelling a dependent stage does not reach the exchange; without this a hung connection would stay open.
        var unused = answer.whenComplete((done, failure) -> {
            if (answer.isCancelled()) {
                response.cancel(true);
            }
        });
        return answer;
    }

    private static StationAnswer read(HttpResponse<byte[]> response) {
        Optional<JsonNode> body = json(response.body());
        return new StationAnswer(
                response.statusCode(),
                response.headers().firstValue("Retry-After").flatMap(HttpStationApi::seconds),
                body.flatMap(json -> text(json, "state")),
                body.flatMap(json -> text(json, "error")).orElse(""));
    }

    /** The body as JSON; a proxy in between may answer with anything, and then only the status counts. */
    private static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.of(Wire.mapper().readTree(body));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode json, String field) {
        return json.path(field)
                .stringValueOpt()
                .map(value -> value.length() > LONGEST_ERROR ? value.substring(0, LONGEST_ERROR) : value);
    }

    private static Optional<Duration> seconds(String header) {
        if (!header.matches("\\d{1,9}")) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(header));
        return Optional.of(asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked);
    }
}
