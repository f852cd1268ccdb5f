package io.agentstation.gateway.keys;

import io.agentstation.gateway.errors.ErrorWriter;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.store.session.StoreUnavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody in without a valid credential, {@code Authorization: Bearer} or {@code X-API-Key}, whatever the path; only
 * the health check may be asked by anyone. Who it is goes into {@link Caller#ATTRIBUTE}.
 */
@Component
@Order(0)
final class AuthenticationFilter extends OncePerRequestFilter {

    private static final String OPEN_PATH = "/api/health";
    private static final String BEARER = "bearer ";
    private static final Pattern AGENTS_PATHS = Pattern.compile("/api/agents/[^/]+/(heartbeat|metrics|drained)");

    private final KeyRing ring;

    AuthenticationFilter(KeyRing ring) {
        this.ring = ring;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<RequestRefused> refusal = refuse(request);
        if (refusal.isPresent()) {
            ErrorWriter.write(request, response, refusal.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<RequestRefused> refuse(HttpServletRequest request) {
        boolean open = OPEN_PATH.equals(request.getRequestURI());
        Optional<String> credential = credential(request);
        if (credential.isEmpty()) {
            return open ? Optional.empty() : Optional.of(RequestRefused.unauthorized());
        }
        try {
            return admit(request, ring.find(credential.get()));
        } catch (StoreUnavailable e) {
            return open
                    ? Optional.empty()
                    : Optional.of(RequestRefused.unavailable("Keys cannot be checked now, try again", e));
        }
    }

    private static Optional<RequestRefused> admit(HttpServletRequest request, Optional<Caller> caller) {
        if (caller.isEmpty()) {
            return Optional.of(RequestRefused.unauthorized());
        }
        boolean agent = caller.get() instanceof Caller.Agent;
        if (agent && !AGENTS_PATHS.matcher(request.getServletPath()).matches()) {
            return Optional.of(Caller.forbidden());
        }
        request.setAttribute(Caller.ATTRIBUTE, caller.get());
        return Optional.empty();
    }

    private static Optional<String> credential(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return isBearer(authorization)
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.ofNullable(request.getHeader("X-API-Key")).map(String::strip);
    }

    private static boolean isBearer(@Nullable String authorization) {
        return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
    }
}
