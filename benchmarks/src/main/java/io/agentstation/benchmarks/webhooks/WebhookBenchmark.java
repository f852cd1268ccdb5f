package io.agentstation.benchmarks.webhooks;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.webhooks.WebhookBody;
import io.agentstation.contracts.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How many webhooks a second reach a receiver beside a bare loop that posts the same bodies to it; how long an event takes
 * from the log to the receiver; and how much longer beside 50 endpoints that take connections and never answer.
 */
public final class WebhookBenchmark {

    private static final int[] CONCURRENCIES = {1, 4, 16, 64};
    private static final int DEAD = 50;
    private static final int LIFE = 4;
    private static final int PACED = 600;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private WebhookBenchmark() {}

    /** With the number of events and of rounds. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path directory = Files.createTempDirectory("webhooks-benchmark");
        try (DispatcherRig rig = new DispatcherRig(directory)) {
            for (int round = 1; round <= rounds; round++) {
                throughput(rig, events, round);
            }
            latencies(rig);
        } finally {
            delete(directory);
        }
    }

    private static void throughput(DispatcherRig rig, int events, int round) throws InterruptedException {
        WorkspaceId workspace = WorkspaceId.of("throughput-" + round);
        List<LifecycleEvent> all = lives(workspace, events);
        List<byte[]> bodies =
                all.stream().map(event -> Wire.write(WebhookBody.of(event, 0))).toList();
        double best = 0;
        try (Sink sink = new Sink()) {
            for (int concurrency : CONCURRENCIES) {
                Cpu before = rig.cpu();
                double perSecond = BareLoop.perSecond(sink.url(), bodies, concurrency);
                String cpu = rig.cpu().each(before, bodies.size());
                say("round %d: bare loop, %d at a time: %.0f/s, %s", round, concurrency, perSecond, cpu);
                best = Math.max(best, perSecond);
            }
        }
        try (Sink sink = new Sink()) {
            rig.subscribe(workspace, sink.url());
            Cpu before = rig.cpu();
            long from = System.nanoTime();
            all.forEach(rig::append);
            rig.flush();
            await(sink, all.size());
            double perSecond = all.size() * 1e9 / (System.nanoTime() - from);
            String cpu = rig.cpu().each(before, all.size());
            say("round %d: dispatcher: %.0f/s, %.2f of the best loop, %s", round, perSecond, perSecond / best, cpu);
        }
    }

    /** Of agents with four events each, the first of all agents before the second of any. */
    private static List<LifecycleEvent> lives(WorkspaceId workspace, int events) {
        List<AgentId> agents =
                Stream.generate(DispatcherRig::agent).limit(events / LIFE).toList();
        return LongStream.rangeClosed(1, LIFE)
                .boxed()
                .flatMap(sequence -> agents.stream().map(agent -> DispatcherRig.event(workspace, agent, sequence)))
                .toList();
    }

    private static void latencies(DispatcherRig rig) throws IOException, InterruptedException {
        double alone = paced(rig, WorkspaceId.of("alone"), List.of());
        List<ServerSocket> dead = new ArrayList<>();
        for (int i = 0; i < DEAD; i++) {
            dead.add(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        }
        double beside = paced(rig, WorkspaceId.of("beside"), dead);
        for (ServerSocket socket : dead) {
            socket.close();
        }
        say("p99 beside %d dead endpoints / alone: %.2f", DEAD, beside / alone);
    }

    /** The 99th percentile, in milliseconds, from append to receiver. */
    private static double paced(DispatcherRig rig, WorkspaceId workspace, List<ServerSocket> dead)
            throws InterruptedException {
        try (Sink sink = new Sink()) {
            rig.subscribe(workspace, sink.url());
            dead.forEach(socket -> rig.subscribe(workspace, "http://127.0.0.1:" + socket.getLocalPort() + "/"));
            Map<String, Long> appended = new HashMap<>();
            long next = System.nanoTime();
            for (int i = 0; i < PACED; i++) {
                LockSupport.parkNanos(next - System.nanoTime());
                next += PACE_NANOS;
                LifecycleEvent event = DispatcherRig.event(workspace, DispatcherRig.agent(), 1);
                appended.put(event.id().toString(), System.nanoTime());
                rig.append(event);
            }
            await(sink, PACED);
            List<Double> millis = appended.entrySet().stream()
                    .map(event -> (sink.nanosOf(event.getKey()) - event.getValue()) / 1e6)
                    .sorted()
                    .toList();
            double p99 = millis.get((int) Math.ceil(millis.size() * 0.99) - 1);
            say("%s: p50 %.1f ms, p99 %.1f ms", workspace, millis.get(millis.size() / 2), p99);
            return p99;
        }
    }

    private static void await(Sink sink, int count) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (sink.received() < count) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException(sink.received() + " of " + count + " came within ten minutes");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
