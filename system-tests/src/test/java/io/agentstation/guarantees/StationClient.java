package io.agentstation.guarantees;

import io.agentstation.contracts.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Speaks to a station as a program with a key does. */
public final class StationClient {

    /** One answer. */
    public record Answer(int status, JsonNode body) {}

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MOST_ASKED = 60;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String url;
    private final String key;

    /** Speaks to the station at this address, with this key. */
    public StationClient(String url, String key) {
        this.url = url;
        this.key = key;
    }

    StationClient withKey(String other) {
        return new StationClient(url, other);
    }

    /** GET, with the key. */
    public Answer get(String path) {
        return send("GET", path, null);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    /** Any request, with further headers, each name followed by its value. */
    Answer send(String method, String path, @org.jspecify.annotations.Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(70))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), Wire.mapper().readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + path + " was interrupted", e);
        }
    }

    /** Creates an agent that must be accepted, and returns its uuid. */
    public String create(String name) {
        return create(name, "");
    }

    /**
     * Creates an agent with more fields (each preceded by a comma) and returns its uuid. A 503, which a busy machine may answer, is
     * asked again under the same key, as a program does.
     */
    String create(String name, String moreFields) {
        String key = UUID.randomUUID().toString();
        String body = "{\"name\":\"" + name + "\"" + moreFields + "}";
        Answer created = send("POST", "/api/agents", body, "Idempotency-Key", key);
        for (int asked = 1; created.status() == 503 && asked < MOST_ASKED; asked++) {
            LockSupport.parkNanos(RETRY_AFTER.toNanos());
            created = send("POST", "/api/agents", body, "Idempotency-Key", key);
        }
        if (created.status() != 201) {
            throw new AssertionError("create of " + name + " answered " + created);
        }
        return created.body().at("/agent/uuid").stringValue();
    }

    /** The agent's state as the details show it. */
    String state(String uuid) {
        return get("/api/agents/" + uuid).body().at("/agent/state").asString("(none)");
    }

    /** Waits until the details show the state. */
    public void awaitState(String uuid, String state, Duration most) {
        Awaitility.await("agent " + uuid + " is " + state)
                .atMost(most)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> state(uuid), state::equals);
    }
}
