package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ClusterObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One page of a list, by {@code limit} and {@code continue}.
 *
 * <p>All pages tell the version of the first, so that a watch from there misses nothing. Unlike a real API server's, a
 * later page shows the objects as they are now.
 */
record Page(List<ClusterObject> objects, ObjectNode metadata) {

    private static final String VERSION = "version";
    private static final String AFTER = "after";

    /**
     * The page that a request asks for.
     *
     * @param all     in the order of lists
     * @param version of the store, read before the objects
     * @throws ApiFailure (400) when limit or continue cannot be read
     */
    static Page of(List<ClusterObject> all, long version, ApiRequest request) {
        Optional<JsonNode> token = request.parameter("continue").map(Page::token);
        String after = token.map(json -> json.path(AFTER).asString("")).orElse("");
        List<ClusterObject> rest = all.stream()
                .filter(object -> after.isEmpty() || object.key().order().compareTo(after) > 0)
                .toList();
        int limit = request.parameter("limit")
                .map(Page::number)
                .filter(number -> number > 0)
                .orElse(Integer.MAX_VALUE);
        List<ClusterObject> objects = rest.stream().limit(limit).toList();
        String first = token.map(json -> json.path(VERSION).asString("")).orElse(Long.toString(version));
        ObjectNode metadata = Json.object().put("resourceVersion", first);
        if (objects.size() < rest.size()) {
            String last = objects.get(objects.size() - 1).key().order();
            metadata.put("continue", token(first, last)).put("remainingItemCount", rest.size() - objects.size());
        }
        return new Page(objects, metadata);
    }

    private static String token(String version, String after) {
        String json = Json.object().put(VERSION, version).put(AFTER, after).toString();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode token(String text) {
        try {
            return Json.read(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | JacksonException e) {
            throw ApiFailure.badRequest("continue key is not valid: list again without it", e);
        }
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw ApiFailure.badRequest("limit must be a number of at least 0: " + text, null);
        }
        return Integer.parseInt(text);
    }
}
