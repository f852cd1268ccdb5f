package io.agentstation.gateway.inspection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentstation.contracts.clusters.ClusterReport;
import io.agentstation.contracts.inspection.InspectionProof;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.clusters.Clusters;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Answers as a provisioner would, whatever the test wants it to. */
public final class PlayedProvisioner implements AutoCloseable {

    /** Writes one answer. */
    public interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    /** To everything but {@link #kubernetes}, or to all when there is none. */
    public volatile Answer answer = out -> {};

    public volatile @Nullable Answer kubernetes;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Listens. */
    public PlayedProvisioner() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** An answer of these lines. */
    public static Answer lines(String... lines) {
        return out -> out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Tells the gateway of itself, and waits until it knows. */
    public void announce() {
        announce(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    /** Tells the gateway that there is one here, or, by null, none. */
    public static void announce(@Nullable URI where) {
        ClusterReport report = new ClusterReport(
                ClusterReport.DEFAULT_CLUSTER,
                "agents",
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                where,
                List.of());
        try (OtherServices others = new OtherServices(Station.get())) {
            others.append(Topic.CLUSTERS, report.cluster(), Wire.write(report));
        }
        Awaitility.await().until(() -> Station.get().bean(Clusters.class).current(), Optional.of(report)::equals);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        String proof = exchange.getRequestHeaders().getFirst(InspectionProof.HEADER);
        asked.add(target);
        boolean proven = InspectionProof.isValid(Station.key(), target, proof, Instant.now());
        exchange.sendResponseHeaders(proven ? status : 401, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            Answer ofCluster = target.endsWith("/kubernetes") ? kubernetes : null;
            (ofCluster == null ? answer : ofCluster).write(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
