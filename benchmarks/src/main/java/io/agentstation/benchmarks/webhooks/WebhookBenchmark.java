package io.agentstation.benchmarks.webhooks;

import io.agentstation.benchmarks.webhooks.Throughput.Rates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How many webhooks a second reach a receiver beside a bare loop that posts the same bodies to it, and beside the least that a
 * dispatcher can do; how long an event takes from the log to the receiver, alone and beside dead endpoints.
 */
public final class WebhookBenchmark {

    // A node that has run for a while, not one whose compilers are still at work: these rounds are told and not
    // counted.
    private static final int WARM_UP = 2;

    private WebhookBenchmark() {}

    /** With the number of events and of rounds that count; two more go before them. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path directory = Files.createTempDirectory("webhooks-benchmark");
        try (DispatcherRig rig = new DispatcherRig(directory)) {
            List<Rates> all = new ArrayList<>();
            for (int round = 1; round <= WARM_UP + rounds; round++) {
                Rates rates = new Throughput(rig, events, round).measure();
                if (round > WARM_UP) {
                    all.add(rates);
                }
            }
            ratio("dispatcher / loop", all, rates -> rates.dispatcher() / rates.loop());
            ratio("the least / loop", all, rates -> rates.least() / rates.loop());
            ratio("dispatcher / the least", all, rates -> rates.dispatcher() / rates.least());
            Latencies.measure(rig);
        } finally {
            delete(directory);
        }
    }

    private static void ratio(String what, List<Rates> rounds, ToDoubleFunction<Rates> of) {
        double[] inOrder = rounds.stream().mapToDouble(of).toArray();
        double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
        double median = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
        say("%s: median %.2f, of the rounds %s", what, median, text(inOrder));
    }

    private static List<String> text(double[] values) {
        return java.util.Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, "%.2f", value))
                .toList();
    }

    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
