package io.agentstation.gateway.keys;

import io.agentstation.gateway.clients.ClientAddresses;
import io.agentstation.gateway.clients.FailedLogins;
import io.agentstation.gateway.errors.ErrorWriter;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.store.session.StoreUnavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
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
 * the health check may be asked by anyone. Who it is goes into {@link Caller#ATTRIBUTE}. A valid credential is let in
 * however many wrong ones came from the same address.
 */
@Component
@Order(0)
final class AuthenticationFilter extends OncePerRequestFilter {

    private static final String OPEN_PATH = "/api/health";
    private static final String BEARER = "bearer ";
    private static final Pattern AGENTS_PATHS = Pattern.compile("/api/agents/[^/]+/(heartbeat|metrics|drained)");
    private static final Duration LOGIN_PAUSE = Duration.ofMinutes(1);

    private final KeyRing ring;
    private final ClientAddresses addresses;
    private final FailedLogins failures;

    AuthenticationFilter(KeyRing ring, ClientAddresses addresses, FailedLogins failures) {
        this.ring = ring;
        this.addresses = addresses;
        this.failures = failures;
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
            return open ? Optional.empty() : Optional.of(unauthorized(!failures.isTooMany(addresses.of(request))));
        }
        try {
            return admit(request, ring.find(credential.get()));
        } catch (StoreUnavailable e) {
            return open
                    ? Optional.empty()
                    : Optional.of(RequestRefused.unavailable("Keys cannot be checked now, try again", e));
        }
    }

    private Optional<RequestRefused> admit(HttpServletRequest request, Optional<Caller> caller) {
        if (caller.isEmpty()) {
            return Optional.of(unauthorized(failures.count(addresses.of(request))));
        }
        request.setAttribute(Caller.ATTRIBUTE, caller.get());
        boolean agent = caller.get() instanceof Caller.Agent;
        return agent && !AGENTS_PATHS.matcher(request.getServletPath()).matches()
                ? Optional.of(Caller.forbidden())
                : Optional.empty();
    }

    private static RequestRefused unauthorized(boolean mayTryAgain) {
        return mayTryAgain
                ? RequestRefused.unauthorized()
                : RequestRefused.tooOften(
                        "too_many_failed_logins",
                        "Too many requests with wrong credentials came from this address: wait before you try another",
                        LOGIN_PAUSE);
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
