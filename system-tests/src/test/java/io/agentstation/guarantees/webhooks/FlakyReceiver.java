package io.agentstation.guarantees.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
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
import org.jspecify.annotations.Nullable;

/** A receiver that refuses a share of what comes, by chance, and keeps what it takes in the order in which it took it. */
public final class FlakyReceiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Random random;
    private final double refusing;
    private final List<WebhookBody> taken = new ArrayList<>();
    private final List<HttpHeaders> headers = new ArrayList<>();
    private final List<String> doubtful = new ArrayList<>();
    private @Nullable Webhook library;

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
        Map<String, List<String>> lower = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> lower.put(name.toLowerCase(java.util.Locale.ROOT), values));
        HttpHeaders all = HttpHeaders.of(lower, (name, value) -> true);
        headers.add(all);
        verify(body, all);
        return true;
    }

    // When it comes: five minutes later the library would refuse it for its age.
    private void verify(String body, HttpHeaders with) {
        if (library == null) {
            doubtful.add("came before its secret was known: " + body);
            return;
        }
        try {
            library.verify(body, with);
        } catch (WebhookVerificationException e) {
            doubtful.add(e.getMessage() + ": " + body);
        }
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

    /** Verifies every message that it takes from now on with the published library and this secret. */
    public synchronized void verifyWith(String secret) throws EmptyWebhookSecretException {
        library = new Webhook(secret);
    }

    /** What of the messages that were taken was not verified, and why. */
    public synchronized List<String> doubtful() {
        return List.copyOf(doubtful);
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
