package io.agentstation.gateway.openapi;

import io.agentstation.gateway.GatewaySettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * {@code GET /api/openapi.json} and {@code GET /api/docs}: what the API is, for anyone; a browser that opens a page has no key
 * to show. Before the authentication, and so free of it, are exactly these files: nothing of them depends on who asks or on
 * what the station holds.
 */
@Component
@Order(-1)
final class PagesFilter extends OncePerRequestFilter {

    // Swagger UI styles its elements in place, and has its icons in its style sheet. Nothing comes from elsewhere.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Pages pages;

    PagesFilter(GatewaySettings settings) {
        this.pages = new Pages(settings);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        Optional<Page> page = reads ? pages.at(request.getRequestURI()) : Optional.empty();
        if (page.isPresent()) {
            send(response, page.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void send(HttpServletResponse response, Page page) throws IOException {
        byte[] content = page.content().get();
        response.setContentType(page.contentType());
        response.setContentLength(content.length);
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader(HttpHeaders.CACHE_CONTROL, page.lasting() ? "public, max-age=86400" : "no-cache");
        response.getOutputStream().write(content);
    }
}
