package io.agentstation.benchmarks.telemetry;

import static io.agentstation.benchmarks.telemetry.Figures.format;
import static io.agentstation.benchmarks.telemetry.Figures.percentile;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Answers what the real writer stores in a second beside a bare loop of inserts, and how fresh rows are; prints every figure. */
public final class TelemetryBenchmark {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int SAMPLES = 500;

    private final PrintStream out = System.out;
    private final Plan plan;
    private final Path directory;
    private final Figures figures = new Figures();
    private int processes;

    private TelemetryBenchmark(Plan plan, Path directory) {
        this.plan = plan;
        this.directory = directory;
    }

    /** Runs as {@link Plan#parse} reads the arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new TelemetryBenchmark(Plan.parse(arguments), Files.createTempDirectory("telemetry")).run();
    }

    private void run() throws IOException, InterruptedException {
        out.println(format(
                "%s, Java %s, %d cores, heap of writer and loop %d MiB, load %.2f",
                plan,
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                Plan.HEAP_MEGABYTES,
                load()));
        try (Station station = new Station(directory);
                Load reports = new Load(station.bootstrapServers(), plan.agents())) {
            for (int round = 1; round <= plan.rounds(); round++) {
                for (Kind kind : Kind.values()) {
                    round(station, reports, kind, round);
                }
            }
            out.println(figures.table());
            freshness(station, reports);
        }
        out.println(format("%s, load after %.2f", Instant.now(), load()));
    }

    private void round(Station station, Load reports, Kind kind, int round) throws IOException, InterruptedException {
        if (round % 2 == 1) {
            loop(station, kind, round);
            writer(station, reports, kind, round);
        } else {
            writer(station, reports, kind, round);
            loop(station, kind, round);
        }
    }

    private void loop(Station station, Kind kind, int round) throws IOException, InterruptedException {
        Duration cassandra = station.cassandraCpu();
        List<String> arguments = List.of(
                station.settings().contactPoints().get(0),
                station.settings().localDatacenter(),
                station.settings().keyspace(),
                kind.name(),
                Integer.toString(plan.agents()),
                Integer.toString(plan.loopRows()));
        double best = 0;
        try (Jvm loop = Jvm.start(LoopMain.class, output("loop"), arguments)) {
            for (String line : loop.lines()) {
                if (line.matches("\\d+ \\d+ [0-9.]+")) {
                    String[] figure = line.split(" ", -1);
                    best = Math.max(best, Double.parseDouble(figure[1]));
                    out.println(format(
                            "round %d %s loop at %s: %s rows/s, its CPU %s s",
                            round, kind, figure[0], figure[1], figure[2]));
                }
            }
        }
        figures.loop(kind, best);
        out.println(format(
                "round %d %s best loop: %.0f rows/s; Cassandra's CPU for all of it %.1f s, load %.2f",
                round, kind, best, seconds(cassandra, station.cassandraCpu()), load()));
    }

    /** The writer finds a topic full of reports; what it does after warming up counts. */
    private void writer(Station station, Load reports, Kind kind, int round) throws IOException, InterruptedException {
        reports.burst(kind, plan.reports());
        long first = (long) (Plan.WARM_UP * plan.reports());
        try (Writer writer = Writer.start(station, output("writer"))) {
            long begun = await(writer, kind, first);
            long from = System.nanoTime();
            Duration own = Jvm.cpu(writer.pid());
            Duration cassandra = station.cassandraCpu();
            Duration broker = station.brokerCpu();
            long ended = await(writer, kind, plan.reports());
            double perSecond = (ended - begun) / ((System.nanoTime() - from) / 1e9);
            figures.writer(kind, perSecond);
            out.println(format(
                    "round %d %s writer: %.0f rows/s over %d rows, %.1f rows in a statement, CPU of writer %.1f s,"
                            + " Cassandra %.1f s, broker %.1f s, load %.2f",
                    round,
                    kind,
                    perSecond,
                    ended - begun,
                    writer.rowsInAStatement(kind),
                    seconds(own, Jvm.cpu(writer.pid())),
                    seconds(cassandra, station.cassandraCpu()),
                    seconds(broker, station.brokerCpu()),
                    load()));
        }
    }

    private static long await(Writer writer, Kind kind, long rows) throws IOException, InterruptedException {
        while (true) {
            long written = writer.rows(kind);
            if (written >= rows) {
                return written;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private void freshness(Station station, Load reports) throws IOException, InterruptedException {
        try (Writer writer = Writer.start(station, output("writer"));
                Freshness freshness = new Freshness(station, reports, Load.agent(plan.agents()));
                Load background = new Load(station.bootstrapServers(), plan.agents())) {
            // Warm as in a station that has run for a while.
            reports.burst(Kind.HEARTBEATS, plan.reports() / 4);
            await(writer, Kind.HEARTBEATS, plan.reports() / 4);
            freshness.measure(SAMPLES / 5);
            print("idle", freshness.measure(SAMPLES));
            double most = new Sustained(writer, background).measure(figures.writer(Kind.HEARTBEATS));
            out.println(format("stored while reports arrive as fast as a backlog is written: %.0f rows/s", most));
            AtomicBoolean ended = new AtomicBoolean();
            CompletableFuture<Long> pace =
                    CompletableFuture.supplyAsync(() -> background.pace(Kind.HEARTBEATS, most / 2, ended::get));
            // Fewer than idle: on a loaded machine each takes many reads.
            freshness.measure(SAMPLES / 20);
            long before = writer.rows(Kind.HEARTBEATS);
            long from = System.nanoTime();
            Freshness.Unseen unseen = freshness.measure(SAMPLES / 5);
            double stored = (writer.rows(Kind.HEARTBEATS) - before) / ((System.nanoTime() - from) / 1e9);
            ended.set(true);
            pace.join();
            print(format("at half of that (%.0f/s wanted, %.0f/s stored)", most / 2, stored), unseen);
        }
    }

    private void print(String when, Freshness.Unseen unseen) {
        print(when + ", in the details", unseen.details());
        print(when + ", in the history", unseen.history());
    }

    private void print(String when, List<Double> ms) {
        out.println(format(
                "freshness %s: p50 %.1f ms, p99 %.1f ms, worst %.1f ms of %d, load %.2f",
                when, percentile(ms, 0.5), percentile(ms, 0.99), percentile(ms, 1), ms.size(), load()));
    }

    private Path output(String what) {
        return directory.resolve(++processes + "-" + what);
    }

    private static double seconds(Duration from, Duration to) {
        return to.minus(from).toMillis() / 1e3;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
