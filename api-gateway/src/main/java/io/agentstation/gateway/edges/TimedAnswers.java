package io.agentstation.gateway.edges;

import io.agentstation.store.session.Deadline;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request one {@link Deadline} for all that it asks Cassandra and Kafka, the look-up of its key included: several
 * that are slow do not add up. What the client itself takes for its body, or has asked to wait, does not count. The audit log,
 * for which nobody waits, stands outside.
 */
@Component
@Order(-5)
final class TimedAnswers extends OncePerRequestFilter {

    private final Duration within;

    TimedAnswers(EdgeSettings settings) {
        this.within = settings.answerWithin();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (Deadline.Scope own = Deadline.in(within, System::nanoTime).enter()) {
            chain.doFilter(request, response);
        }
    }
}
