package io.agentstation.standalone.status;

import io.agentstation.contracts.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a station's API says to the holder of its first key. */
final class ApiView {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final HttpClient client;
    private final String url;
    private final String key;

    ApiView(HttpClient client, String url, String key) {
        this.client = client;
        this.url = url;
        this.key = key;
    }

    /** Health; also when it is bad (503). Empty when nothing that speaks for the station answers. */
    Optional<JsonNode> health() {
        return get("/api/health").filter(body -> body.has("status"));
    }

    /** The counts of the fleet; empty when they cannot be had. */
    Optional<JsonNode> fleet() {
        return get("/api/fleet").filter(body -> body.has("total"));
    }

    private Optional<JsonNode> get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(ANSWER_WITHIN)
                    .header("Authorization", "Bearer " + key)
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            return Optional.of(Wire.mapper().readTree(answer.body()));
        } catch (IOException | JacksonException unreachable) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
