package io.agentstation.gateway.limits;

import io.agentstation.gateway.errors.ErrorWriter;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.keys.PermissionCheck;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 429 to who asks too often, after 401 and 403 and before anything else, and tells everybody else how much is
 * left: {@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset} (epoch seconds).
 */
@Component
@Order(1)
final class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimits limits;
    private final PermissionCheck permissions;
    private final InstantSource clock;

    RateLimitFilter(RateLimits limits, PermissionCheck permissions, InstantSource clock) {
        this.limits = limits;
        this.permissions = permissions;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Draw> draw = request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller
                ? limits.draw(caller, request.getMethod(), request.getServletPath())
                : Optional.empty();
        draw.ifPresent(asked -> tell(response, asked));
        if (draw.isPresent() && !draw.get().isAllowed()) {
            RequestRefused tooOften = tooOften(draw.get());
            ErrorWriter.write(request, response, permissions.ahead(request).orElse(tooOften));
        } else {
            chain.doFilter(request, response);
        }
    }

    private void tell(HttpServletResponse response, Draw draw) {
        // Rounded up: who waits until then has waited long enough.
        long reset =
                clock.instant().plus(draw.windowEnd()).plusNanos(999_999_999).getEpochSecond();
        response.setHeader("X-RateLimit-Limit", String.valueOf(draw.limit()));
        response.setHeader("X-RateLimit-Remaining", String.valueOf(draw.remaining()));
        response.setHeader("X-RateLimit-Reset", String.valueOf(reset));
    }

    private static RequestRefused tooOften(Draw draw) {
        return RequestRefused.tooOften(
                "rate_limited",
                "Too many requests: at most " + draw.limit()
                        + " a minute are allowed here; Retry-After says how many seconds to wait",
                draw.patience());
    }
}
