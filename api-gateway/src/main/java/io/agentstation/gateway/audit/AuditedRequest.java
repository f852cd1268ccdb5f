package io.agentstation.gateway.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerMapping;

/** What the audit log may know of a request: never its body, its query, or a path as it was sent, which may hold secrets. */
final class AuditedRequest {

    // Ids of every kind; no API key, whose parts are joined by underscores.
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,63}");

    private AuditedRequest() {}

    /** Method and path, its variables by name. */
    static String action(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return request.getMethod() + " " + (pattern == null ? "(no such path)" : pattern);
    }

    /** What was made, or else what the path names; null when there is none, or it has not the form of an id. */
    static @Nullable String target(HttpServletRequest request, HttpServletResponse response) {
        return made(response)
                .or(() -> named(request))
                .filter(id -> ID.matcher(id).matches())
                .orElse(null);
    }

    private static Optional<String> made(HttpServletResponse response) {
        return Optional.ofNullable(response.getHeader(HttpHeaders.LOCATION))
                .map(location -> location.substring(location.lastIndexOf('/') + 1));
    }

    private static Optional<String> named(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map
                ? map.values().stream().map(String::valueOf).findFirst()
                : Optional.empty();
    }
}
