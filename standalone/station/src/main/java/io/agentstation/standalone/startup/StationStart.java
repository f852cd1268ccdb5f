package io.agentstation.standalone.startup;

import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.standalone.directory.Endpoints;
import io.agentstation.standalone.settings.ServiceProperties;
import io.agentstation.standalone.settings.UpSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts every part of a station in order and publishes where it is. */
public final class StationStart {

    private final UpSettings settings;
    private final Map<String, String> environment;
    private final Progress progress;
    private final RunningParts parts;
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    /** A start with these settings; what has started is registered with the parts. */
    public StationStart(
            UpSettings settings, Map<String, String> environment, Progress progress, RunningParts parts) {
        this.settings = settings;
        this.environment = environment;
        this.progress = progress;
        this.parts = parts;
    }

    /**
     * Starts the station and says that it is ready.
     *
     * @return completes with a sentence when the station cannot go on
     * @throws io.agentstation.standalone.failures.StationFailure when a part does not start
     */
    public CompletableFuture<String> run(List<Service> services, Service gateway) throws IOException {
        settings.check(environment);
        DataDirectory data = DataDirectory.open(settings.data());
        parts.add(StopOrder.DIRECTORY, "data directory", data);
        StationLog.configure(data.logs(), settings.properties());
        int port = ApiPort.choose(settings, data);
        progress.say("Agent Station starts on " + data.root());
        Servers servers = new Servers(data, progress, parts, ended);
        servers.start(settings.kubeconfig() == null);
        Map<String, Object> properties =
                properties(data, servers, port).resolve(settings, environment);
        InParallel.run(services.stream()
                .map(service -> (Callable<Object>) () -> start(service, StopOrder.SERVICES, properties))
                .collect(Collectors.toList()));
        ConfigurableApplicationContext api = start(gateway, StopOrder.API, properties);
        announce(data, servers, api.getEnvironment().getProperty("local.server.port", Integer.class, port));
        return ended;
    }

    private ServiceProperties properties(DataDirectory data, Servers servers, int port) throws IOException {
        ServiceProperties properties = new ServiceProperties()
                .with("spring.kafka.bootstrap-servers", servers.bootstrapServers())
                .with("station.store.contact-points", servers.contactPoint())
                .with("station.store.local-datacenter", "datacenter1")
                .with("station.store.keyspace", "agent_station")
                .with("station.key-file", data.keyFile())
                .with("station.id", data.stationId())
                .with("server.port", port)
                .with("server.address", settings.bind())
                .with("station.provisioner.kubeconfig", kubeconfig(data))
                .with("station.provisioner.namespace", settings.namespace())
                .with("station.gateway.namespace", settings.namespace())
                .with(UpSettings.PUBLIC_URL, settings.url(port))
                .with("station.liveness.state-dir", data.liveness())
                .with("station.liveness.stop-timeout", "2s")
                // The launcher stops the services, in its order.
                .with("spring.main.register-shutdown-hook", false)
                .with("spring.lifecycle.timeout-per-shutdown-phase", "2500ms");
        return settings.context() == null
                ? properties
                : properties.with("station.provisioner.context", settings.context());
    }

    private Path kubeconfig(DataDirectory data) {
        Path given = settings.kubeconfig();
        return given == null ? data.kubeconfig() : given.toAbsolutePath();
    }

    private ConfigurableApplicationContext start(Service service, StopOrder order, Map<String, Object> properties) {
        ConfigurableApplicationContext context =
                progress.step(service.name(), () -> service.start().apply(properties));
        parts.add(order, service.name(), context);
        return context;
    }

    private void announce(DataDirectory data, Servers servers, int port) throws IOException {
        String url = settings.url(port);
        Map<String, String> endpoints = new LinkedHashMap<>();
        endpoints.put(Endpoints.API, url);
        endpoints.put(Endpoints.KAFKA, servers.bootstrapServers());
        endpoints.put(Endpoints.CASSANDRA, servers.contactPoint());
        endpoints.put(Endpoints.KUBECONFIG, kubeconfig(data).toString());
        data.writeEndpoints(endpoints);
        progress.say("Agent Station is ready on " + url + " (" + progress.total() + ")");
        progress.say("  key   " + data.apiKeyFile());
        progress.say("  try   curl -H \"Authorization: Bearer $(cat '" + data.apiKeyFile() + "')\" " + url + "/api/fleet");
        if (settings.isExposed()) {
            progress.say("warning: the API listens on " + settings.bind()
                    + " without TLS: keys and tokens cross the network in clear");
        }
    }
}
