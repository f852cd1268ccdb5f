package io.agentstation.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.fuzz.Request.Kind;
import io.agentstation.gateway.openapi.Contract;
import io.agentstation.gateway.openapi.Operation;
import io.agentstation.gateway.openapi.Targets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * I11: bad input gets a clear 4xx, and no input gives a 5xx. A failure prints its seed and the request's number:
 * {@code -Dfuzz.seed=S -Dfuzz.only=N} sends that request alone.
 */
final class NoInputBreaksTheGatewayIT {

    private static final int SENDERS = 4;
    private static final int ENOUGH = 20;
    private static final int PROBE_EVERY = 250;
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 5_000);

    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    private final Map<Kind, AtomicInteger> sent = new ConcurrentHashMap<>();

    @Test
    void whateverIsSent() throws Exception {
        Station station = Station.get();
        WorkspaceId workspace = Station.workspace();
        Map<String, Object> properties = Station.properties(station.bootstrapServers());
        properties.put("station.gateway.delete-wait", "0s");
        // A machine that stalls for two seconds is no input.
        properties.put("station.gateway.command-timeout", "30s");
        properties.put("station.gateway.report-timeout", "30s");
        try (Targets targets = new Targets(station, workspace);
                Complaints complaints = new Complaints();
                ConfigurableApplicationContext gateway = ApiGateway.start(properties)) {
            int port = Station.port(gateway);
            Http user = new Http(port, station.http(workspace).credential());
            Requests requests = new Requests(new Supply(targets, station, workspace), SEED);
            sendAll(requests, port, user);

            assertThat(problems).as("seed " + SEED).isEmpty();
            assertThat(complaints.heard()).as("seed " + SEED).isEmpty();
        }
        if (Integer.getInteger("fuzz.only") == null) {
            assertThat(reached)
                    .as("operations that did what they are for")
                    .containsExactlyInAnyOrderElementsOf(Contract.get().operations().stream()
                            .map(Operation::id)
                            .toList());
            assertThat(sent.keySet()).containsExactlyInAnyOrder(Kind.values());
        }
    }

    private void sendAll(Requests requests, int port, Http user) throws Exception {
        int only = Integer.getInteger("fuzz.only", -1);
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<? extends Future<?>> done = IntStream.range(0, REQUESTS)
                    .filter(number -> only < 0 || number == only)
                    .mapToObj(number -> senders.submit(() -> {
                        send(requests.make(number), port);
                        if (number % PROBE_EVERY == 0) {
                            theOrdinaryGoesOn(user);
                        }
                        return number;
                    }))
                    .toList();
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private void send(Request request, int port) throws IOException {
        if (problems.size() >= ENOUGH) {
            return;
        }
        Reply reply = Reply.to(port, request.bytes());
        sent.computeIfAbsent(request.kind(), kind -> new AtomicInteger()).incrementAndGet();
        Verdict.of(request, reply)
                .forEach(problem -> problems.add(problem + "\n" + request + "\nwas answered " + reply.status() + " "
                        + reply.headers() + "\n" + reply.text()));
        // Whatever its kind: a hostile header does not keep a request from deleting what a valid one would have
        // deleted.
        if (reply.status() / 100 == 2
                && request.method().equals(request.operation().method())) {
            reached.add(request.operation().id());
        }
    }

    private void theOrdinaryGoesOn(Http user) {
        Http.Answer created = user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}");
        assertThat(created.status()).isEqualTo(201);
        String agent = created.header("Location").orElseThrow();
        assertThat(user.get(agent).status()).isEqualTo(200);
        assertThat(user.post(agent + "/heartbeat", "{\"mode\":\"IDLE\",\"uptime_seconds\":1}")
                        .status())
                .isEqualTo(200);
        assertThat(user.delete(agent).status()).isEqualTo(202);
        assertThat(user.post(agent + "/heartbeat", "{\"mode\":\"IDLE\",\"uptime_seconds\":1}")
                        .status())
                .isEqualTo(410);
    }
}
