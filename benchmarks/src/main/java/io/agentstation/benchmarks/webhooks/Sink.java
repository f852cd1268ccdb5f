package io.agentstation.benchmarks.webhooks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A receiver that takes everything at once and remembers when, by {@code webhook-id}. */
final class Sink implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final AtomicLong received = new AtomicLong();
    private final Map<String, Long> firstNanos = new ConcurrentHashMap<>();

    Sink() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            firstNanos.putIfAbsent(id == null ? body : id, System.nanoTime());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            received.incrementAndGet();
        });
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Waits until so many have come. */
    void await(int count) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (received.get() < count) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException(received + " of " + count + " came within ten minutes");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** When a message came first; 0 when it has not come. */
    long nanosOf(String id) {
        return firstNanos.getOrDefault(id, 0L);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
