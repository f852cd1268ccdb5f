package io.agentstation.gateway.history;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

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

    private static String link(String path, MultiValueMap<String, String> parameters, String cursor) {
        URI target = UriComponentsBuilder.fromPath(path)
                .queryParams(parameters)
                .replaceQueryParam("cursor", cursor)
                .encode()
                .build()
                .toUri();
        return "<" + target + ">; rel=\"next\"";
    }
}
