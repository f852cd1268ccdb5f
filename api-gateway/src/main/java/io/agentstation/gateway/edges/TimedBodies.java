package io.agentstation.gateway.edges;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Cuts the connection of a client whose body takes too long: each holds a thread. There is no answer, since reading on to the
 * end of its request, as HTTP wants before one, is what it waits for.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class TimedBodies extends OncePerRequestFilter {

    private final Duration within;

    TimedBodies(EdgeSettings settings) {
        this.within = settings.bodyWithin();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(new Timed(request, System.nanoTime() + within.toNanos()), response);
        } catch (BodyTooSlow e) {
            throw cut(e);
        } catch (ServletException e) {
            if (e.getRootCause() instanceof BodyTooSlow slow) {
                throw cut(slow);
            }
            throw e;
        }
    }

    // Without its cause: an exception that Tomcat knows would get an answer.
    private static IOException cut(BodyTooSlow slow) {
        CloseNowException cut = new CloseNowException(slow.getMessage());
        cut.addSuppressed(slow);
        return cut;
    }

    private static final class Timed extends HttpServletRequestWrapper {

        private final long deadline;

        Timed(HttpServletRequest request, long deadline) {
            super(request);
            this.deadline = deadline;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new TimedStream(super.getInputStream(), deadline);
        }
    }
}
