package io.agentstation.gateway.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request an id, the client's own when it is well-formed, and every answer the headers that all have. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestIdFilter extends OncePerRequestFilter {

    static final String HEADER = "X-Request-Id";

    /** That nobody on the way may keep an answer. */
    static final String NOT_KEPT = "no-store";

    private static final String ATTRIBUTE = RequestIdFilter.class.getName();
    private static final String LOGGED_AS = "requestId";
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(HEADER, idOf(request));
        response.setHeader(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
        try (MDC.MDCCloseable logged = MDC.putCloseable(LOGGED_AS, idOf(request))) {
            chain.doFilter(request, response);
        }
    }

    /** The id of a request; made when it has none yet. */
    static String idOf(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String id = fromClient(request.getHeader(HEADER));
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    private static String fromClient(@Nullable String header) {
        return header != null && WELL_FORMED.matcher(header).matches()
                ? header
                : UUID.randomUUID().toString();
    }
}
