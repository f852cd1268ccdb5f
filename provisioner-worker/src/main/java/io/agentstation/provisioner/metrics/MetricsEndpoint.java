package io.agentstation.provisioner.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Serves {@code GET /metrics} in Prometheus' text format (OpenMetrics when asked for), if a port was set. The address that it
 * got becomes the property {@value #URL_PROPERTY} of the environment.
 */
public final class MetricsEndpoint implements InitializingBean, DisposableBean {

    /** Where the figures are, for whoever starts the service in its own process. */
    public static final String URL_PROPERTY = "local.metrics.url";

    private final MetricsSettings settings;
    private final PrometheusMeterRegistry registry;
    private final ConfigurableEnvironment environment;
    private @Nullable HTTPServer server;

    /** An endpoint that shows this registry's meters. */
    public MetricsEndpoint(
            MetricsSettings settings, PrometheusMeterRegistry registry, ConfigurableEnvironment environment) {
        this.settings = settings;
        this.registry = registry;
        this.environment = environment;
    }

    @Override
    public void afterPropertiesSet() {
        Integer port = settings.port();
        if (port == null) {
            return;
        }
        try {
            HTTPServer started = HTTPServer.builder()
                    .hostname(settings.address())
                    .port(port)
                    .registry(registry.getPrometheusRegistry())
                    .buildAndStart();
            server = started;
            publish("http://" + settings.address() + ":" + started.getPort() + "/metrics");
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the provisioner's metrics cannot be served on " + settings.address() + ":" + port
                            + " (station.provisioner.metrics): " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void destroy() {
        if (server != null) {
            server.close();
        }
    }

    private void publish(String url) {
        environment.getPropertySources().addFirst(new MapPropertySource("local.metrics", Map.of(URL_PROPERTY, url)));
    }
}
