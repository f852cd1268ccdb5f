package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.guarantees.processes.AgentCreation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Agents over real HTTP, spread over all gateways; some die when they are told to. */
final class Fleet implements AutoCloseable {

    private final List<FleetAgent> agents = new ArrayList<>();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(2);
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final HttpClient http;
    private final List<String> gateways;
    private final StationKey key;
    private final Random random;
    private final List<FleetAgent> mortals = new ArrayList<>();
    private int condemned;

    Fleet(List<String> gateways, StationKey key, long seed) {
        this.gateways = gateways;
        this.key = key;
        this.random = new Random(seed);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(workers)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        scheduler.setRemoveOnCancelPolicy(true);
    }

    /** Makes agents through the API and starts them at any moment of their first interval, at most 4 s. */
    void add(HeartbeatMode mode, int count, AgentCreation creation) {
        List<FleetAgent> made = creation.make(count).stream()
                .map(id -> new FleetAgent(id, mode, this::knock, scheduler, random))
                .toList();
        made.forEach(agent -> agent.start(random.nextLong(4_000)));
        agents.addAll(made);
        mortals.addAll(made);
        Collections.shuffle(mortals, random);
    }

    private CompletableFuture<HttpResponse<Void>> knock(FleetAgent agent, int attempt) {
        String gateway = gateways.get(attempt % gateways.size());
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + "/api/agents/" + agent.id + "/heartbeat"))
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + AgentToken.of(key, agent.id))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"mode\":\"" + agent.mode + "\",\"uptime_seconds\":1}"))
                .build();
        return http.sendAsync(request, BodyHandlers.discarding());
    }

    /** So many agents of a mode die, each at a random moment from now until the time has passed. */
    void condemn(HeartbeatMode mode, int count, Duration within) {
        List<FleetAgent> chosen = mortals.stream()
                .filter(agent -> agent.mode == mode)
                .limit(count)
                .toList();
        mortals.removeAll(chosen);
        condemned += chosen.size();
        chosen.forEach(agent -> {
            var unused = scheduler.schedule(
                    agent::die, random.nextLong(Math.max(1, within.toMillis())), TimeUnit.MILLISECONDS);
        });
    }

    /** Whether everyone who was to die is dead. */
    boolean isTheirFateFulfilled() {
        return agents.stream().filter(agent -> agent.journal.isDead()).count() == condemned;
    }

    List<FleetAgent> agents() {
        return agents;
    }

    @Override
    public void close() {
        agents.forEach(FleetAgent::die);
        scheduler.shutdownNow();
        workers.shutdownNow();
    }
}
