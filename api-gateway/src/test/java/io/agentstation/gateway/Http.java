package io.agentstation.gateway;

import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.openapi.Contract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of a gateway, as a user has one. */
public record Http(int port, @Nullable String credential) {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer. */
    public record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {

        /** A header. */
        public Optional<String> header(String name) {
            return raw.headers().firstValue(name);
        }

        /** The sentence of an error. */
        public String error() {
            return body.path("error").asString("");
        }

        /** The names of the fields that an error is about. */
        public List<String> fields() {
            return body.path("details").values().stream()
                    .map(detail -> detail.path("field").asString())
                    .toList();
        }
    }

    /** The same client with another credential. */
    public Http as(@Nullable String other) {
        return new Http(port, other);
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    /** Sends a request; a body is said to be JSON unless the headers say otherwise. */
    public Answer send(String method, String path, @Nullable String json, String... headers) {
        HttpRequest.Builder request =
                request(path).method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        request.setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    /** A request with the credential. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return credential == null ? request : request.setHeader("Authorization", "Bearer " + credential);
    }

    /** Sends a request as it is. */
    public Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
            requireDocumented(request, response);
            return new Answer(response.statusCode(), json(response), response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireDocumented(HttpRequest request, HttpResponse<byte[]> response) {
        List<String> problems = Contract.get()
                .problems(
                        request.method(),
                        request.uri().getRawPath(),
                        response.statusCode(),
                        response.headers()::firstValue,
                        response.body());
        if (!problems.isEmpty()) {
            throw new AssertionError("An answer is not as the OpenAPI document says: " + problems);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("application/json")
                ? Wire.mapper().readTree(response.body())
                : Wire.mapper().missingNode();
    }
}
