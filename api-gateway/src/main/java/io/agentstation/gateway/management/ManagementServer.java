package io.agentstation.gateway.management;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The listener of the management port, if one was set. It ends after the API's: who asks during an orderly stop is told of
 * it. The address of the figures becomes the property {@value #URL_PROPERTY} of the environment, as in every other service.
 */
final class ManagementServer implements InitializingBean, DisposableBean {

    /** Where the figures are, for whoever starts the gateway in its own process. */
    static final String URL_PROPERTY = "local.metrics.url";

    // Somebody who asks slowly is not to keep a probe from its answer.
    private static final int THREADS = 4;

    private final ManagementSettings settings;
    private final HttpHandler pages;
    private final ConfigurableEnvironment environment;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    ManagementServer(ManagementSettings settings, HttpHandler pages, ConfigurableEnvironment environment) {
        this.settings = settings;
        this.pages = pages;
        this.environment = environment;
    }

    @Override
    public void afterPropertiesSet() {
        Integer port = settings.port();
        if (port == null) {
            return;
        }
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(settings.address(), port), 0);
            ExecutorService pool = Executors.newFixedThreadPool(THREADS, ManagementServer::thread);
            started.createContext("/", pages);
            started.setExecutor(pool);
            started.start();
            server = started;
            threads = pool;
            publish("http://" + settings.address() + ":" + started.getAddress().getPort() + ManagementPages.METRICS);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the gateway's probes and metrics cannot be served on " + settings.address() + ":" + port
                            + " (station.gateway.management): " + e.getMessage(),
                    e);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "management");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void destroy() {
        if (server != null) {
            server.stop(0);
        }
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    private void publish(String url) {
        environment.getPropertySources().addFirst(new MapPropertySource("local.metrics", Map.of(URL_PROPERTY, url)));
    }
}
