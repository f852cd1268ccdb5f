package io.agentstation.cluster.api;

import io.agentstation.cluster.objects.ApiFailure;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request, parsed as far as all kinds of requests have it in common.
 *
 * @param segments    of the path, decoded
 * @param contentType lower-case, without parameters
 */
record ApiRequest(
        String method,
        List<String> segments,
        Map<String, List<String>> query,
        String contentType,
        String userAgent,
        String accept,
        String body) {

    /** The headers of a request; null for one that it has not. */
    @FunctionalInterface
    interface Headers {

        @Nullable
        String get(String name);

        private String value(String name) {
            String value = get(name);
            return value == null ? "" : value;
        }
    }

    /** @throws ApiFailure (400) when the path cannot be decoded */
    static ApiRequest of(String method, String uri, Headers headers, byte[] body) {
        try {
            QueryStringDecoder decoder = new QueryStringDecoder(uri, StandardCharsets.UTF_8);
            List<String> segments = List.of(decoder.rawPath().split("/")).stream()
                    .filter(segment -> !segment.isEmpty())
                    .map(segment -> QueryStringDecoder.decodeComponent(segment.replace("+", "%2B")))
                    .toList();
            String type = headers.value("Content-Type").toLowerCase(Locale.ROOT);
            return new ApiRequest(
                    method,
                    segments,
                    Map.copyOf(decoder.parameters()),
                    type.replaceFirst(";.*", "").strip(),
                    headers.value("User-Agent"),
                    headers.value("Accept"),
                    new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest("the request's URI cannot be decoded: " + e.getMessage(), e);
        }
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(values -> values.get(0)).filter(value -> !value.isEmpty());
    }

    boolean flag(String name) {
        return parameter(name)
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
    }

    boolean isDryRun() {
        return parameter("dryRun").filter("All"::equals).isPresent();
    }

    /** Who owns the fields that this request writes: as told, else by the client's name (as the API server does). */
    String fieldManager() {
        return parameter("fieldManager").orElseGet(() -> {
            String client = userAgent.replaceFirst("/.*", "");
            return client.isBlank() ? "unknown" : client;
        });
    }
}
