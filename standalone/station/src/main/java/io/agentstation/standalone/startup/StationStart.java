package io.agentstation.standalone.startup;

import io.agentstation.embedded.process.HeapTrim;
import io.agentstation.standalone.cluster.ClusterProperties;
import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.standalone.directory.Endpoints;
import io.agentstation.standalone.preflight.ClusterPreflight;
import io.agentstation.standalone.preflight.FreeSpace;
import io.agentstation.standalone.settings.ServiceProperties;
import io.agentstation.standalone.settings.UpSettings;
import io.agentstation.standalone.tls.StationTls;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Starts every part of a station in order and publishes where it is. */
public final class StationStart {

    private static final String DOMAIN = "station.provisioner.domain";
    private static final String DEFAULT_DOMAIN = "is.plugged.in";

    private final UpSettings settings;
    private final Map<String, String> environment;
    private final Progress progress;
    private final RunningParts parts;
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    /** A start with these settings; what has started is registered with the parts. */
    public StationStart(UpSettings settings, Map<String, String> environment, Progress progress, RunningParts parts) {
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
    public CompletableFuture<String> run(Services services) throws IOException {
        settings.check(environment);
        settings.tls().ifPresent(files -> files.verify(Instant.now()));
        FreeSpace.require(settings.data());
        ClusterPreflight.require(settings, environment, progress::say);
        DataDirectory data = DataDirectory.open(settings.data());
        parts.add(StopOrder.DIRECTORY, "data directory", data);
        if (settings.tls().isPresent()) {
            StationTls.trust(settings.tls().get(), data.root());
        }
        StationLog.configure(data.logs(), settings.properties());
        int port = ApiPort.choose(settings, data);
        progress.say("Agent Station starts on " + data.root());
        Servers servers = new Servers(data, progress, parts, ended);
        servers.start(
                settings.kubeconfig() == null
                        ? Optional.of(ClusterProperties.read(settings, environment))
                        : Optional.empty());
        Map<String, Object> properties = properties(data, servers, port).resolve(settings, environment);
        Services.Started started = services.start(properties, progress, parts, ended);
        // Another than the one chosen when --set or the environment says so.
        String url = settings.url(started.api().getProperty("local.server.port", Integer.class, port));
        data.writeEndpoints(endpoints(data, servers, url, started.metrics()));
        Announcement.make(settings, data, url, progress);
        // A start leaves more garbage than the hours after it: with this the heap shrinks to what is in use.
        HeapTrim.start();
        return ended;
    }

    private Map<String, String> endpoints(
            DataDirectory data, Servers servers, String url, Map<String, String> metrics) {
        Map<String, String> endpoints = new TreeMap<>(Map.of(
                Endpoints.API, url,
                Endpoints.KAFKA, servers.bootstrapServers(),
                Endpoints.CASSANDRA, servers.contactPoint(),
                Endpoints.KUBECONFIG, Announcement.kubeconfig(settings, data).toString()));
        servers.ingress().ifPresent(address -> endpoints.put(Endpoints.INGRESS, address));
        metrics.forEach((service, address) -> endpoints.put(service + Endpoints.METRICS_SUFFIX, address));
        return endpoints;
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
                .with("station.provisioner.kubeconfig", Announcement.kubeconfig(settings, data))
                .with("station.provisioner.namespace", settings.namespace())
                .with("station.gateway.namespace", settings.namespace())
                .with(UpSettings.PUBLIC_URL, settings.url(port))
                .with("station.liveness.state-dir", data.liveness())
                .with("station.gateway.tick-at-start", false)
                .with("station.liveness.stop-timeout", "2s")
                // Few agents: their windows fit into the heap, and no file has to be opened for each of them.
                .with("station.telemetry.streams.stores", "memory")
                .with("station.telemetry.streams.state-dir", data.telemetry())
                .with("station.telemetry.streams.stop-timeout", "2s")
                .with("station.gateway.management.port", 0)
                .with("station.liveness.metrics.port", 0)
                .with("station.telemetry.metrics.port", 0)
                .with("station.webhooks.metrics.port", 0)
                .with("station.provisioner.metrics.port", 0)
                // The launcher stops the services, in its order.
                .with("spring.main.register-shutdown-hook", false)
                .with("spring.lifecycle.timeout-per-shutdown-phase", "2500ms");
        servers.ingress()
                .ifPresent(address -> properties
                        // The simulated cluster has an administrator of its own, who sets it.
                        .with("station.provisioner.quota.managed", false)
                        .with("station.ingress.url", address)
                        .with(
                                "station.ingress.domain",
                                settings.given(DOMAIN, environment).orElse(DEFAULT_DOMAIN))
                        .with("station.ingress.api-host", apiHost(port)));
        return settings.context() == null
                ? properties
                : properties.with("station.provisioner.context", settings.context());
    }

    /** By its public address the API stays the API, should that be within the agents' domain. */
    private String apiHost(int port) {
        String url = settings.given(UpSettings.PUBLIC_URL, environment).orElse(settings.url(port));
        String host = URI.create(url).getHost();
        return host == null ? "" : host;
    }
}
