package io.agentstation.gateway.edges;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells browsers to do nothing with an answer: it is data. A page of ours sets its own policy instead. That a host is always
 * spoken to by TLS is not said here: only who runs the host knows what else is on it.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers">OWASP, REST
 *     security, security headers</a>
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
public final class SecurityHeaders extends OncePerRequestFilter {

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin");

    /** Puts them on an answer that no filter sees. */
    public static void put(HttpServletResponse response) {
        ALWAYS.forEach(response::setHeader);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        put(response);
        chain.doFilter(request, response);
    }
}
