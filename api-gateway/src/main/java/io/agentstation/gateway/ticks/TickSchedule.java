package io.agentstation.gateway.ticks;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.gateway.heartbeats.ProbeAgent;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Probes and ticks from the moment that HTTP is served until the context closes. Ticks end before HTTP does; the goodbye
 * follows after HTTP has ended and before the producer closes.
 */
final class TickSchedule implements DisposableBean {

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final Ticker ticker;
    private final TickGate gate;
    private final IngestProof proof;
    private final StationKey key;
    private final @Nullable InetAddress bindAddress;
    private final String scheme;
    private final ScheduledExecutorService probes =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "probe"));
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "tick"));

    TickSchedule(
            Ticker ticker,
            TickGate gate,
            IngestProof proof,
            StationKey key,
            @Nullable InetAddress bindAddress,
            String scheme) {
        this.ticker = ticker;
        this.gate = gate;
        this.proof = proof;
        this.key = key;
        this.bindAddress = bindAddress;
        this.scheme = scheme;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @EventListener
    void begin(ServletWebServerInitializedEvent served) {
        Probe probe = new Probe(target(served.getWebServer().getPort()), ProbeAgent.token(key));
        var unusedProbing = probes.scheduleAtFixedRate(() -> probe(probe), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        var unusedTicking = ticks.scheduleAtFixedRate(ticker::tick, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void probe(Probe probe) {
        if (probe.isAcknowledged()) {
            proof.probeAcknowledged();
        }
    }

    private URI target(int port) {
        InetAddress address =
                bindAddress == null || bindAddress.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bindAddress;
        String host = address.getHostAddress();
        String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        return URI.create(scheme + "://" + authority + "/api/agents/" + ProbeAgent.ID + "/heartbeat");
    }

    /** The first thing in an orderly stop: from now on a heartbeat may be refused. */
    @EventListener(ContextClosedEvent.class)
    void shut() {
        gate.shut();
        probes.shutdownNow();
    }

    @Override
    public void destroy() throws InterruptedException {
        ticks.shutdown();
        if (ticks.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            ticker.goodbye();
        }
    }
}
