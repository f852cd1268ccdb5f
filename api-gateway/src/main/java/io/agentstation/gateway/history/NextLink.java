package io.agentstation.gateway.history;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/** Answers a page as a bare array, with a {@code Link} to the next one when there may be more (RFC 8288). */
public final class NextLink {

    private NextLink() {}

    /**
     * The answer.
     *
     * @param path       of the request
     * @param parameters of the request, which the next one has too
     * @param cursor     where the next page begins, when there may be one
     */
    public static <T> ResponseEntity<List<T>> answer(
            List<T> page, String path, MultiValueMap<String, String> parameters, Optional<String> cursor) {
        HttpHeaders headers = new HttpHeaders();
        cursor.ifPresent(next -> headers.set(HttpHeaders.LINK, link(path, parameters, next)));
        return ResponseEntity.ok().headers(headers).body(page);
    }

    // Every reserved character is escaped: a plus, as in +02:00, would otherwise be read as a space.
    private static String link(String path, MultiValueMap<String, String> parameters, String cursor) {
        MultiValueMap<String, String> next = new LinkedMultiValueMap<>(parameters);
        next.set("cursor", cursor);
        String query = next.entrySet().stream()
                .flatMap(parameter ->
                        parameter.getValue().stream().map(value -> escaped(parameter.getKey()) + "=" + escaped(value)))
                .collect(Collectors.joining("&"));
        return "<" + path + "?" + query + ">; rel=\"next\"";
    }

    private static String escaped(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
