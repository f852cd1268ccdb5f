package io.agentstation.standalone.ingress;

import io.agentstation.contracts.wire.Wire;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Passes a request whose host is an agent's to the cluster's ingress; it never reaches the API, whatever its path or its
 * credentials. Every other request pays one comparison of its host.
 *
 * <p>Credentials, cookies and other headers of the request stay here, except for Accept and Content-Type.
 */
final class IngressFilter extends OncePerRequestFilter {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> HEADERS = Set.of("Accept", "Content-Type");

    private final IngressSettings settings;
    private final HttpClient client;

    IngressFilter(IngressSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .build();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (settings.isAgentHost(request.getServerName())) {
            pass(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void pass(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!METHODS.contains(request.getMethod())) {
            refuse(response, 405, "the ingress of the simulated cluster does not pass on " + request.getMethod());
            return;
        }
        Optional<URI> target = target(request);
        if (target.isEmpty()) {
            refuse(response, 400, "the path or the query is no part of a URI (RFC 3986): escape what it may not hold");
            return;
        }
        try {
            HttpResponse<InputStream> answer =
                    client.send(forwarded(request, target.get()), HttpResponse.BodyHandlers.ofInputStream());
            response.setStatus(answer.statusCode());
            answer.headers().firstValue("Content-Type").ifPresent(response::setContentType);
            try (InputStream body = answer.body()) {
                body.transferTo(response.getOutputStream());
            }
        } catch (IOException e) {
            logger.debug("an agent's host could not be served", e);
            refuse(
                    response,
                    502,
                    "the ingress of the simulated cluster did not answer for " + request.getServerName() + " ("
                            + e.getClass().getSimpleName() + "): try again, and see logs/station.log");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(response, 503, "the station is stopping");
        }
    }

    /** Put together, not resolved: resolved, a path such as {@code //host/} would lead to another host. */
    private Optional<URI> target(HttpServletRequest request) {
        String query = request.getQueryString();
        try {
            return Optional.of(new URI("http://" + settings.url().getRawAuthority() + request.getRequestURI()
                    + (query == null ? "" : "?" + query)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private HttpRequest forwarded(HttpServletRequest request, URI target) {
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(target)
                .timeout(settings.timeout())
                .header("X-Forwarded-Host", request.getServerName())
                .method(request.getMethod(), body(request));
        HEADERS.forEach(
                name -> Optional.ofNullable(request.getHeader(name)).ifPresent(value -> forwarded.header(name, value)));
        return forwarded.build();
    }

    private static BodyPublisher body(HttpServletRequest request) {
        boolean absent = request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
        return absent ? BodyPublishers.noBody() : BodyPublishers.ofInputStream(() -> stream(request));
    }

    private static InputStream stream(HttpServletRequest request) {
        try {
            return request.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("reading a request for " + request.getServerName(), e);
        }
    }

    private static void refuse(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        byte[] body = Wire.mapper().writeValueAsString(Map.of("error", why)).getBytes(StandardCharsets.UTF_8);
        response.getOutputStream().write(body);
    }
}
