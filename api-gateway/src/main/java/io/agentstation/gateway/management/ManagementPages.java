package io.agentstation.gateway.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.health.GatewayHealth;
import io.agentstation.gateway.health.HealthAnswer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;

/**
 * The four pages of the management port: {@code GET /health} with all that is known, {@code /health/liveness} and
 * {@code /health/readiness} for Kubernetes' probes (200 or 503), {@code /metrics} in Prometheus' text format (OpenMetrics
 * when asked for). Everything else is 404.
 *
 * <p>Neither probe asks Kafka or Cassandra. A gateway that was taken out because Cassandra is away could not take the
 * heartbeats that need none, while its ticks went on: every agent would be called silent.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/probes/">Kubernetes, probes</a>
 */
final class ManagementPages implements HttpHandler {

    static final String METRICS = "/metrics";

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private record Word(String status) {}

    private record Refusal(String error, String code) {}

    private final Map<String, HttpHandler> byPath;

    ManagementPages(GatewayHealth health, ApplicationAvailability availability, PrometheusMeterRegistry figures) {
        this.byPath = Map.of(
                "/health",
                exchange -> {
                    GatewayHealth.Seen seen = health.see();
                    send(exchange, seen.isWell() ? OK : UNAVAILABLE, HealthAnswer.whole(seen));
                },
                "/health/liveness",
                exchange -> probe(exchange, availability.getLivenessState() == LivenessState.CORRECT),
                "/health/readiness",
                exchange -> probe(exchange, availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC),
                METRICS,
                new MetricsHandler(figures.getPrometheusRegistry()));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            // As it was sent: no other spelling of a path is one of these. A URI that is opaque has none.
            HttpHandler page =
                    byPath.get(String.valueOf(exchange.getRequestURI().getRawPath()));
            String method = exchange.getRequestMethod();
            if (page == null) {
                send(exchange, NOT_FOUND, new Refusal("Not found", "not_found"));
            } else if (method.equals("GET") || method.equals("HEAD")) {
                page.handle(exchange);
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, METHOD_NOT_ALLOWED, new Refusal("Method not allowed", "method_not_allowed"));
            }
        }
    }

    private static void probe(HttpExchange exchange, boolean isUp) throws IOException {
        send(exchange, isUp ? OK : UNAVAILABLE, new Word(isUp ? "up" : "down"));
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] body = Wire.write(answer);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
    }
}
