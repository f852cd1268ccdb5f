package io.agentstation.gateway.ticks;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sees every heartbeat that was refused for a reason of this gateway's own, wherever below it that was decided. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class RefusalWatch extends OncePerRequestFilter {

    private static final String HEARTBEAT = "/heartbeat";

    private final IngestProof proof;

    RefusalWatch(IngestProof proof) {
        this.proof = proof;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().endsWith(HEARTBEAT);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean answered = false;
        try {
            chain.doFilter(request, response);
            answered = isAsyncStarted(request) || response.getStatus() < HttpStatus.INTERNAL_SERVER_ERROR.value();
        } catch (CloseNowException e) {
            // Cut off for what its client did: heartbeats of others get in all the same.
            answered = true;
            throw e;
        } finally {
            if (!answered) {
                proof.heartbeatRefused();
            }
        }
    }
}
