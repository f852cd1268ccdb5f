package io.agentstation.guarantees.telemetry;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Reports over HTTP at a steady rate, whatever the answers take, each timed from the moment it was due. */
final class TimedPosts implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(workers)
            .build();
    private final String gateway;
    private final StationKey key;
    private final List<AgentId> agents;
    private final String path;
    private final String body;
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private int sent;

    TimedPosts(String gateway, StationKey key, List<AgentId> agents, String path, String body) {
        this.gateway = gateway;
        this.key = key;
        this.agents = agents;
        this.path = path;
        this.body = body;
    }

    /** Posts so many a second for so long; returns when all are answered. */
    void run(int perSecond, Duration time) {
        Phaser open = new Phaser(1);
        long start = System.nanoTime();
        long count = perSecond * time.toMillis() / 1_000;
        for (long i = 0; i < count; i++) {
            long due = start + i * Duration.ofSeconds(1).toNanos() / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            post(due, open);
        }
        open.arriveAndAwaitAdvance();
    }

    private void post(long due, Phaser open) {
        AgentId agent = agents.get(sent++ % agents.size());
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + "/api/agents/" + agent + "/" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + AgentToken.of(key, agent))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        open.register();
        var unused = http.sendAsync(request, BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            nanos.add(System.nanoTime() - due);
            (answer != null && answer.statusCode() == 200 ? accepted : refused).incrementAndGet();
            open.arriveAndDeregister();
        });
    }

    /** How many were answered with 200. */
    int accepted() {
        return accepted.get();
    }

    /** How many were answered otherwise, or not. */
    int refused() {
        return refused.get();
    }

    /** How long each answer since the last call took, in milliseconds. */
    List<Double> takeMillis() {
        List<Double> taken = nanos.stream().map(nano -> nano / 1_000_000.0).toList();
        nanos.clear();
        return taken;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
