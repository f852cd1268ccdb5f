package io.agentstation.provisioner.inspection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.inspection.InspectionPaths;
import io.agentstation.contracts.inspection.InspectionProof;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.provisioner.cluster.ClusterFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the questions. Only who proves to be of this station gets an answer; a question too many is answered at
 * once, by 503.
 */
public final class InspectionServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(InspectionServer.class);
    private static final int WHOLE_BODY_LATER = 0;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Semaphore places;
    private final URI url;
    private final StationKey key;
    private final InstantSource clock;
    private final AgentInspection inspection;

    private InspectionServer(
            HttpServer server,
            InspectionSettings settings,
            StationKey key,
            InstantSource clock,
            AgentInspection inspection) {
        this.server = server;
        this.threads = Executors.newCachedThreadPool(task -> new Thread(task, "provisioner-inspection"));
        this.places = new Semaphore(settings.atOnce());
        this.url = settings.url() != null
                ? settings.url()
                : URI.create("http://" + settings.address() + ":"
                        + server.getAddress().getPort());
        this.key = key;
        this.clock = clock;
        this.inspection = inspection;
    }

    /**
     * Listens from now on.
     *
     * @throws IllegalStateException when it cannot
     */
    public static InspectionServer start(
            InspectionSettings settings, StationKey key, InstantSource clock, AgentInspection inspection) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 0);
            InspectionServer started = new InspectionServer(http, settings, key, clock, inspection);
            http.createContext("/", started::handle);
            http.setExecutor(started.threads);
            http.start();
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "questions about agents cannot be answered on " + settings.address() + ":" + settings.port()
                            + " (station.provisioner.inspection): " + e.getMessage(),
                    e);
        }
    }

    /** Where gateways reach it. */
    public URI url() {
        return url;
    }

    @Override
    public void close() {
        inspection.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestURI().toString();
            String proof = exchange.getRequestHeaders().getFirst(InspectionProof.HEADER);
            if (!InspectionProof.isValid(key, target, proof, clock.instant())) {
                refuse(exchange, 401, "This is for the gateways of the station");
            } else if (!places.tryAcquire()) {
                refuse(exchange, 503, "Too many questions are being answered, try again");
            } else {
                try {
                    answer(exchange);
                } finally {
                    places.release();
                }
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String rest = path.startsWith(InspectionPaths.AGENTS) ? path.substring(InspectionPaths.AGENTS.length()) : "";
        int slash = rest.indexOf('/');
        Optional<AgentId> agent = slash < 0 ? Optional.empty() : AgentId.parse(rest.substring(0, slash));
        String question = slash < 0 ? "" : rest.substring(slash);
        if (agent.isEmpty() || !exchange.getRequestMethod().equals("GET")) {
            refuse(exchange, 404, "There is no such question");
        } else if (question.equals(InspectionPaths.KUBERNETES)) {
            inspect(exchange, agent.get());
        } else if (question.equals(InspectionPaths.LOGS)) {
            logs(exchange, agent.get());
        } else {
            refuse(exchange, 404, "There is no such question");
        }
    }

    private void inspect(HttpExchange exchange, AgentId agent) throws IOException {
        byte[] body;
        try {
            body = Wire.write(inspection.of(agent));
        } catch (ClusterFailure e) {
            refuse(exchange, 502, String.valueOf(e.getMessage()));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void logs(HttpExchange exchange, AgentId agent) throws IOException {
        LogQuestion question;
        LogAnswer answer;
        try {
            question = LogQuestion.parse(exchange.getRequestURI().getQuery());
            answer = inspection.logs(agent, question);
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, String.valueOf(e.getMessage()));
            return;
        } catch (ClusterFailure e) {
            refuse(exchange, 502, String.valueOf(e.getMessage()));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, WHOLE_BODY_LATER);
        try {
            answer.writeTo(new LineSink(exchange.getResponseBody()));
        } catch (ClientGone e) {
            log.atDebug().addKeyValue("agentId", agent).log("Nobody reads the log any longer", e);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        byte[] body = Wire.write(Map.of("error", why));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
