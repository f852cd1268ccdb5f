package io.agentstation.benchmarks.liveness;

import static io.agentstation.benchmarks.liveness.Results.format;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Answers what the detector costs, each side in turn, all in one run; prints every figure. */
public final class LivenessBenchmark {

    private static final Duration LIVE = Duration.ofSeconds(60);

    private final PrintStream out = System.out;
    private final Plan plan;
    private final Path directory;
    private final Results results = new Results();

    private LivenessBenchmark(Plan plan, Path directory) {
        this.plan = plan;
        this.directory = directory;
    }

    /** Runs as {@link Plan#parse} reads the arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Plan plan = Plan.parse(arguments);
        new LivenessBenchmark(plan, Files.createTempDirectory("liveness")).run();
    }

    private void run() throws IOException, InterruptedException {
        out.println(format(
                "%s, Java %s, %d cores, heap of every side %d MiB, ParallelGC, load %.2f",
                plan,
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                plan.heapMegabytes(),
                load()));
        try (Station station = new Station(plan, directory)) {
            print("provisioning", station.provision());
            for (int round = 1; round <= plan.rounds(); round++) {
                round(station, round);
            }
            Properties live = station.live(LIVE);
            print("live for " + LIVE.toSeconds() + " s", live);
            Properties restart = station.restart();
            out.println("changelog bytes on disk " + station.changelogBytes());
            Answers.requireOrdinary(live, plan.agents());
            out.println(results.table());
            out.println(new Answers(plan, results).text(live, restart));
        }
        table();
        out.println(format("%s, load after %.2f", Instant.now(), load()));
    }

    private void round(Station station, int round) throws IOException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> from = station.append();
        List<Side> sides = new ArrayList<>(List.of(Side.values()));
        Collections.rotate(sides, round);
        for (Side side : sides) {
            Properties figures = station.read(side, from);
            results.add(side, figures);
            print("round " + round + " " + side, figures);
            Answers.requireOrdinary(figures, plan.heartbeats());
        }
    }

    private void table() throws IOException, InterruptedException {
        Path place = directory.resolve("table");
        List<String> arguments = List.of(Integer.toString(plan.agents()), place.toString());
        try (Child child = Child.start(TableMain.class, plan.heapMegabytes(), place, arguments)) {
            print("table, wheel and journal alone", child.figures());
        }
    }

    private void print(String what, Properties figures) {
        out.println(format("%s: load %.2f %s", what, load(), new TreeMap<>(figures)));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
