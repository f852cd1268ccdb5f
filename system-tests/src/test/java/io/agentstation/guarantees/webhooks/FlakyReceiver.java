package io.agentstation.guarantees.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentstation.contracts.webhooks.WebhookBody;
import io.agentstation.contracts.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver that refuses a share of what comes, by chance, and keeps what it takes in the order in which it took it. */
public final class FlakyReceiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Random random;
    private final double refusing;
    private final List<WebhookBody> taken = new ArrayList<>();
    private final List<HttpHeaders> headers = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();

    /**
     * Starts it.
     *
     * @param refusing which share of the attempts is answered with 500; examples are answered and not kept
     */
    public FlakyReceiver(double refusing) {
        long seed = System.nanoTime();
        System.out.println("receiver's seed: " + seed);
        this.random = new Random(seed);
        this.refusing = refusing;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = take(body, exchange) ? 204 : 500;
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private synchronized boolean take(String body, HttpExchange exchange) {
        if (random.nextDouble() < refusing) {
            return false;
        }
        if (body.contains("\"webhook.test\"")) {
            return true;
        }
        taken.add(Wire.readText(body, WebhookBody.class));
        bodies.add(body);
        Map<String, List<String>> lower = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> lower.put(name.toLowerCase(java.util.Locale.ROOT), values));
        headers.add(HttpHeaders.of(lower, (name, value) -> true));
        return true;
    }

    /** Its address. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** What it has taken, repetitions included. */
    public synchronized List<WebhookBody> taken() {
        return List.copyOf(taken);
    }

    /** How much it has taken. */
    public synchronized int count() {
        return taken.size();
    }

    /** Verifies every message that was taken with the published library; fails when one is not genuine. */
    public synchronized void verify(String secret) throws Exception {
        for (int i = 0; i < bodies.size(); i++) {
            new com.standardwebhooks.Webhook(secret).verify(bodies.get(i), headers.get(i));
        }
    }

    /** What it has taken without repetitions, which {@code webhook-id} tells. */
    public synchronized List<WebhookBody> unique() {
        Set<String> seen = new HashSet<>();
        List<WebhookBody> unique = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            if (seen.add(headers.get(i).firstValue("webhook-id").orElseThrow())) {
                unique.add(taken.get(i));
            }
        }
        return unique;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
