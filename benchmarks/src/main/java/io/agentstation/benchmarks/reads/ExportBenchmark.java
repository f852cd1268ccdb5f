package io.agentstation.benchmarks.reads;

import io.agentstation.contracts.ids.AgentId;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** How much memory the gateway needs while it exports an agent with many reports to several clients at once. */
public final class ExportBenchmark {

    private static final int GATEWAY_MEGABYTES = 128;
    private static final int CLIENTS = 4;
    private static final int LIMIT = 10_000;
    private static final int ROUNDS = 3;
    private static final JsonFactory JSON = new JsonFactory();

    /** What a client has read of an export. */
    private record Seen(long rows, long totalHeartbeats, long totalMetrics, long bytes, Duration time) {}

    private final PrintStream out = System.out;
    private final ReadsStation station;
    private final int reports;
    private final AgentId agent;

    private ExportBenchmark(ReadsStation station, int reports) throws IOException, InterruptedException {
        this.station = station;
        this.reports = reports;
        this.agent = station.createAgent("exported");
    }

    /** Runs with so many heartbeats and so many metrics, 100,000 each unless said. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int reports = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        try (ReadsStation station = new ReadsStation(Files.createTempDirectory("reads"), GATEWAY_MEGABYTES)) {
            new ExportBenchmark(station, reports).run();
        }
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        print(
                "%d heartbeats and %d metrics of one agent; the gateway has %d MiB of heap; limit %d; %d clients at once;"
                        + " Java %s, %d cores, load %.2f",
                reports,
                reports,
                GATEWAY_MEGABYTES,
                LIMIT,
                CLIENTS,
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                load());
        PastReports past = new PastReports(
                station.store(), Map.of("queue_depth", 3, "cache_hit_rate", 0.85, "model", "a-model-of-some-name"));
        Instant newest = Instant.now().minusSeconds(1);
        past.heartbeats(agent, newest, reports);
        past.metrics(agent, newest, reports);
        round("warm-up, one client", 1, 0);
        for (int round = 1; round <= ROUNDS; round++) {
            round("round " + round + ", " + CLIENTS + " clients", CLIENTS, 0);
            round("round " + round + ", " + CLIENTS + " slow clients", CLIENTS, 20);
        }
    }

    private void round(String what, int clients, int pauseMs)
            throws IOException, InterruptedException, ExecutionException {
        long before = station.gateway().live();
        station.gateway().watch();
        List<Seen> all = exports(clients, pauseMs);
        long growth = station.gateway().peak() - before;
        Seen first = all.get(0);
        print(
                "%s: live memory %.1f MB before, at most %.1f MB more; %.2f s, %.1f MB each; totals %d and %d; load %.2f",
                what,
                before / 1e6,
                growth / 1e6,
                all.stream().mapToLong(seen -> seen.time().toMillis()).average().orElseThrow() / 1e3,
                first.bytes() / 1e6,
                first.totalHeartbeats(),
                first.totalMetrics(),
                load());
        boolean right = all.stream()
                .allMatch(seen -> seen.rows() == 2L * Math.min(LIMIT, reports)
                        && seen.totalHeartbeats() == reports
                        && seen.totalMetrics() == reports);
        if (!right) {
            throw new IllegalStateException("rows or totals are wrong: " + all);
        }
    }

    private List<Seen> exports(int clients, int pauseMs) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Seen>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                running.add(threads.submit(() -> export(pauseMs)));
            }
            List<Seen> seen = new ArrayList<>();
            for (Future<Seen> export : running) {
                seen.add(export.get());
            }
            return seen;
        } finally {
            threads.shutdown();
        }
    }

    private Seen export(int pauseMs) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String body = "{\"telemetry_limit\":" + LIMIT + "}";
        try (InputStream answer = station.send(
                        station.request("/api/agents/" + agent + "/export").POST(BodyPublishers.ofString(body)))
                .body()) {
            PacedInput paced = new PacedInput(answer, pauseMs);
            long rows = 0;
            long heartbeats = -1;
            long metrics = -1;
            try (JsonParser json = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), paced)) {
                for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                    if (token != JsonToken.PROPERTY_NAME) {
                        continue;
                    }
                    switch (json.currentName()) {
                        case "uptime_seconds", "cpu_percent" -> rows++;
                        case "total_heartbeats" -> heartbeats = json.nextLongValue(-1);
                        case "total_metrics" -> metrics = json.nextLongValue(-1);
                        default -> {
                            // Not counted.
                        }
                    }
                }
            }
            return new Seen(rows, heartbeats, metrics, paced.bytes(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void print(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
