package io.agentstation.benchmarks.reads;

import com.datastax.oss.driver.api.core.CqlSession;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Whether an agent's newest reports cost more when there are many days of them, and how large a day becomes. */
public final class HistoryBenchmark {

    private static final int GATEWAY_MEGABYTES = 256;
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 1_000;
    private static final int REQUESTS = 2_000;

    /** Readers look no further back, and rows at the edge expire while they are written. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final PrintStream out = System.out;
    private final ReadsStation station;
    private final int days;

    private HistoryBenchmark(ReadsStation station, int days) {
        this.station = station;
        this.days = days;
    }

    /** Runs with so many days of metrics, 30 unless said, and with heartbeats for as long as they are kept. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int days = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        try (ReadsStation station = new ReadsStation(Files.createTempDirectory("reads"), GATEWAY_MEGABYTES)) {
            new HistoryBenchmark(station, days).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        print(
                "one report a second, 1 day against %d; Java %s, %d cores, load %.2f",
                days,
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                load());
        AgentId young = station.createAgent("young");
        AgentId old = station.createAgent("old");
        Instant newest = Instant.now();
        write(old, newest, days);
        write(young, newest, 1);
        measure(young, old, WARM_UP);
        for (int round = 1; round <= ROUNDS; round++) {
            long[][] took = measure(young, old, REQUESTS);
            print(
                    "round %d, details, %d requests each in turn: 1 day p50 %.2f ms p99 %.2f ms; %d days p50 %.2f ms p99 %.2f ms;"
                            + " load %.2f",
                    round, REQUESTS, ms(took[0], 50), ms(took[0], 99), days, ms(took[1], 50), ms(took[1], 99), load());
        }
        partitions();
    }

    private void write(AgentId agent, Instant newest, int manyDays) {
        PastReports past = new PastReports(
                station.store(), Map.of("queue_depth", 3, "cache_hit_rate", 0.85, "tokens_used", 51_234));
        long start = System.nanoTime();
        long metrics = Duration.ofDays(manyDays).minus(MARGIN).toSeconds();
        Duration kept = station.store().retention().heartbeats();
        long heartbeats = Math.min(metrics, kept.minus(MARGIN).toSeconds());
        past.metrics(agent, newest, metrics);
        past.heartbeats(agent, newest, heartbeats);
        print("%d metrics and %d heartbeats written in %.0f s", metrics, heartbeats, (System.nanoTime() - start) / 1e9);
    }

    /** Nanoseconds of each request, sorted; one agent's and the other's in turn, so that both meet the same load. */
    private long[][] measure(AgentId one, AgentId other, int requests) throws IOException, InterruptedException {
        long[][] took = new long[2][requests];
        for (int i = 0; i < requests; i++) {
            took[0][i] = details(one);
            took[1][i] = details(other);
        }
        Arrays.sort(took[0]);
        Arrays.sort(took[1]);
        return took;
    }

    private long details(AgentId agent) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (InputStream body =
                station.send(station.request("/api/agents/" + agent).GET()).body()) {
            body.readAllBytes();
        }
        return System.nanoTime() - start;
    }

    private static double ms(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }

    private void partitions() {
        StoreSettings settings = station.restartCassandra();
        try (CqlSession session = StoreSession.openBare(settings)) {
            for (String table : new String[] {"heartbeats", "metrics"}) {
                session.execute("SELECT mebibytes FROM system_views.max_partition_size WHERE keyspace_name = '"
                                + settings.keyspace() + "' AND table_name = '" + table + "'")
                        .forEach(row -> print("largest partition of %s: %d MiB", table, row.getLong("mebibytes")));
            }
        }
    }

    private void print(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
