package io.agentstation.benchmarks.provisioning;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.topics.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How many agents a second a provisioner creates, scales and deletes, beside the same calls made directly against the same API
 * server and beside the least that a provisioner of commands can do; and whether anything is left of them.
 */
public final class ThroughputMain {

    private static final int[] DIRECT = {16, 32, 64};
    private static final int ROUNDS = 3;
    private static final int[] LEAST = {16, 32, 64};
    private static final int[] ACTORS = {32, 64, 96};

    private ThroughputMain() {}

    /** With the number of agents, and of those that each step of the sweep takes. */
    public static void main(String[] arguments) throws IOException {
        int agents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int sample = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 150;
        Path directory = Files.createTempDirectory("provisioning-benchmark");
        try (ProvisionerRig rig = new ProvisionerRig(directory)) {
            run(rig, agents, sample);
        } finally {
            delete(directory);
        }
    }

    private static void run(ProvisionerRig rig, int agents, int sample) {
        DirectCalls direct = new DirectCalls(rig.kubernetes());
        warmUp(rig, direct, sample);
        int best = sweep("directly", DIRECT, sample, (fleet, many) -> direct.live(fleet, many));
        int few = sweep("the least", LEAST, sample, (fleet, many) -> least(rig, direct, fleet, many));
        int actors = sweep("by the provisioner", ACTORS, sample, (fleet, many) -> provision(rig, fleet, many));
        List<Round> rounds = new ArrayList<>();
        List<Fleet> fleets = new ArrayList<>();
        // One worker through all rounds: a fresh one is compiled anew, which a machine with two cores feels for
        // minutes.
        try (ConfigurableApplicationContext worker = rig.startWorker(actors)) {
            for (int number = 1; number <= ROUNDS; number++) {
                Seconds directly = direct.live(new Fleet("direct-" + number, agents), best);
                say("round %d: %d agents directly, %d at a time: %s", number, agents, best, directly.perSecond(agents));
                Seconds bare = least(rig, direct, new Fleet("least-" + number, agents), few);
                say("round %d: %d agents by the least, %d at a time: %s", number, agents, few, bare.perSecond(agents));
                Fleet fleet = new Fleet("provisioned-" + number, agents);
                fleets.add(fleet);
                Seconds worked = live(rig, fleet);
                say(
                        "round %d: %d agents by the provisioner, %d at a time: %s",
                        number, agents, actors, worked.perSecond(agents));
                rounds.add(new Round(directly.all(), bare.all(), worked.all()));
            }
        }
        ratio("provisioner / direct", rounds, round -> round.direct() / round.provisioner());
        ratio("the least / direct", rounds, round -> round.direct() / round.least());
        ratio("provisioner / the least", rounds, round -> round.least() / round.provisioner());
        int left = rig.left(fleets) + direct.left();
        say("left over: %d", left);
        if (left > 0) {
            throw new IllegalStateException(left + " objects or names were left");
        }
    }

    private static void warmUp(ProvisionerRig rig, DirectCalls direct, int sample) {
        Seconds cold = direct.live(new Fleet("warm-up", sample), 8);
        Seconds unused = provision(rig, new Fleet("warm-up-too", sample), 8);
        say("warm-up, %d agents: %s", sample, cold.perSecond(sample));
    }

    private record Round(double direct, double least, double provisioner) {}

    private static void ratio(String what, List<Round> rounds, ToDoubleFunction<Round> of) {
        double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
        say("%s: median %.2f (%.2f to %.2f)", what, sorted[ROUNDS / 2], sorted[0], sorted[ROUNDS - 1]);
    }

    private interface Way {
        Seconds through(Fleet fleet, int concurrency);
    }

    /** The concurrency with which a sample took the shortest time. */
    private static int sweep(String name, int[] concurrencies, int sample, Way way) {
        int best = concurrencies[0];
        double shortest = Double.MAX_VALUE;
        for (int concurrency : concurrencies) {
            String prefix = name.replace(' ', '-') + "-" + concurrency;
            Seconds took = way.through(new Fleet(prefix, sample), concurrency);
            say("%s, %d at a time: %s", name, concurrency, took.perSecond(sample));
            best = took.all() < shortest ? concurrency : best;
            shortest = Math.min(shortest, took.all());
        }
        return best;
    }

    private static Seconds least(ProvisionerRig rig, DirectCalls direct, Fleet fleet, int concurrency) {
        try (LeastProvisioner running = rig.startLeast(direct, concurrency)) {
            live(fleet.firstOf(), commands -> rig.carryOut(ProvisionerRig.LEAST, commands));
            return live(fleet, commands -> rig.carryOut(ProvisionerRig.LEAST, commands));
        }
    }

    private static Seconds provision(ProvisionerRig rig, Fleet fleet, int actors) {
        try (ConfigurableApplicationContext worker = rig.startWorker(actors)) {
            // One agent through all, so that nothing of the start is counted.
            live(rig, fleet.firstOf());
            return live(rig, fleet);
        }
    }

    private static Seconds live(ProvisionerRig rig, Fleet fleet) {
        return live(fleet, commands -> rig.carryOut(Topic.COMMANDS.topicName(), commands));
    }

    private static Seconds live(Fleet fleet, ToDoubleFunction<List<AgentCommand>> carryOut) {
        return new Seconds(
                carryOut.applyAsDouble(fleet.creates()),
                carryOut.applyAsDouble(fleet.each(meta -> new AgentCommand.Scale(meta, 1))),
                carryOut.applyAsDouble(fleet.each(AgentCommand.Deprovision::new)));
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** With all that is in it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
