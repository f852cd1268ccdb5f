package io.agentstation.benchmarks.provisioning;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.cluster.ClusterConnection;
import io.agentstation.provisioner.cluster.ClusterSettings;
import io.agentstation.standalone.directory.Endpoints;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * From a POST to the running station on a directory until its log says PROVISIONED, at ten a second; beside the calls to the
 * API server that this takes, made directly at the same pace; and how long each agent is NEW.
 */
public final class LatencyMain {

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int THREADS = 32;
    // A minute and a half: until then the compiler takes a third of two cores.
    private static final int WARM_UP = 1_000;

    private LatencyMain() {}

    /** With the station's directory and the number of agents. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        int agents = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300;
        Map<String, String> endpoints = Endpoints.read(directory);
        String key = Files.readString(directory.resolve("api-key")).strip();
        try (CommandPath path = new CommandPath(Objects.requireNonNull(endpoints.get(Endpoints.KAFKA)));
                KubernetesClient client =
                        ClusterConnection.open(new ClusterSettings(directory.resolve("kubeconfig"), null))) {
            Posts posts = new Posts(URI.create(endpoints.get(Endpoints.API) + "/api/agents"), key);
            DirectCalls direct = new DirectCalls(client);
            // Without pods first: what they take of two cores says nothing of the way of a command.
            for (int replicas = 0; replicas <= 1; replicas++) {
                path.await(
                        posted(posts, "warm-up-" + replicas, WARM_UP, replicas).keySet());
                directly(direct, new Fleet("warm-up-too-" + replicas, agents), replicas);
                String pods = ", " + replicas + " pods each";
                double bare =
                        say("direct calls" + pods, directly(direct, new Fleet("direct-" + replicas, agents), replicas));
                Map<String, Long> posted = posted(posts, "posted-" + replicas, agents, replicas);
                path.await(posted.keySet());
                double whole = say("POST to PROVISIONED" + pods, path.whole(posted));
                path.parts(posted).forEach((part, millis) -> say("  " + part, millis));
                double unused =
                        say("NEW, by the times in the log" + pods, path.inNew().byTheLog(posted.keySet()));
                double unusedToo = say(
                        "NEW, between its events as read" + pods, path.inNew().asRead(posted.keySet()));
                System.out.println(String.format(Locale.ROOT, "p99 beyond the direct calls: %.0f ms", whole - bare));
            }
        }
    }

    /** Milliseconds of each agent's calls. */
    private static List<Double> directly(DirectCalls direct, Fleet fleet, int replicas) throws InterruptedException {
        List<DesiredAgent> rows = fleet.rows(replicas, Phase.RUN);
        Map<AgentId, Double> took = new ConcurrentHashMap<>();
        paced(rows.size(), number -> {
            long from = System.nanoTime();
            direct.apply(rows.get(number));
            took.put(rows.get(number).agentId(), (System.nanoTime() - from) / 1e6);
        });
        return require(rows.size(), List.copyOf(took.values()));
    }

    /** When the POST of each agent began. */
    private static Map<String, Long> posted(Posts posts, String prefix, int agents, int replicas)
            throws InterruptedException {
        Map<String, Long> from = new ConcurrentHashMap<>();
        paced(agents, number -> {
            long start = System.nanoTime();
            from.put(posts.create(prefix + "-" + number, replicas), start);
        });
        require(agents, List.copyOf(from.keySet()));
        return from;
    }

    private static <T> List<T> require(int wanted, List<T> got) {
        if (got.size() != wanted) {
            throw new IllegalStateException(got.size() + " of " + wanted + " calls succeeded");
        }
        return got;
    }

    private interface Call {
        void make(int number);
    }

    private static void paced(int calls, Call call) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long next = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            int number = i;
            LockSupport.parkNanos(next - System.nanoTime());
            next += PACE_NANOS;
            threads.execute(() -> call.make(number));
        }
        threads.shutdown();
        if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("calls have not ended");
        }
    }

    private static double say(String what, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        double p99 = sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
        System.out.println(String.format(
                Locale.ROOT,
                "%s, %d at 10/s: p50 %.0f ms, p99 %.0f ms, longest %.0f ms",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2),
                p99,
                sorted.get(sorted.size() - 1)));
        return p99;
    }
}
