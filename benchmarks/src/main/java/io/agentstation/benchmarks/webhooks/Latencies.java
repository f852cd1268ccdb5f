package io.agentstation.benchmarks.webhooks;

import static io.agentstation.benchmarks.webhooks.WebhookBenchmark.say;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long an event takes from the log to a healthy receiver, and how much longer beside 50 endpoints that take connections
 * and never answer, and beside the same 50 when they refuse connections at once and all that waits for them is tried again.
 */
final class Latencies {

    private static final int DEAD = 50;
    private static final int FIRST = 200;
    private static final int PACED = 600;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final DispatcherRig rig;
    private final WorkspaceId workspace;
    private final Sink sink;
    private int sent;

    private Latencies(DispatcherRig rig, WorkspaceId workspace, Sink sink) {
        this.rig = rig;
        this.workspace = workspace;
        this.sink = sink;
        rig.subscribe(workspace, sink.url());
    }

    static void measure(DispatcherRig rig) throws IOException, InterruptedException {
        double alone;
        try (Sink sink = new Sink()) {
            alone = new Latencies(rig, WorkspaceId.of("alone"), sink).p99("alone");
        }
        List<ServerSocket> dead = new ArrayList<>();
        for (int i = 0; i < DEAD; i++) {
            dead.add(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        }
        try (Sink sink = new Sink()) {
            Latencies beside = new Latencies(rig, WorkspaceId.of("beside"), sink);
            dead.forEach(socket -> rig.subscribe(beside.workspace, "http://127.0.0.1:" + socket.getLocalPort() + "/"));
            double silent = beside.p99("beside " + DEAD + " that never answer");
            for (ServerSocket socket : dead) {
                socket.close();
            }
            double refusing = beside.p99("beside " + DEAD + " that refuse");
            say("p99 beside dead endpoints / alone: %.2f silent, %.2f refusing", silent / alone, refusing / alone);
        }
    }

    /** The 99th percentile, in milliseconds, from append to receiver, when 20 s of the same have gone before. */
    private double p99(String what) throws InterruptedException {
        tell(what + ", the first 20 s", paced(FIRST));
        return tell(what, paced(PACED));
    }

    /** Each one's milliseconds, in order of size. */
    private List<Double> paced(int events) throws InterruptedException {
        Map<String, Long> appended = new HashMap<>();
        long next = System.nanoTime();
        for (int i = 0; i < events; i++) {
            LockSupport.parkNanos(next - System.nanoTime());
            next += PACE_NANOS;
            LifecycleEvent event = DispatcherRig.event(workspace, DispatcherRig.agent(), 1);
            appended.put(event.id().toString(), System.nanoTime());
            rig.append(event);
        }
        sent += events;
        sink.await(sent);
        return appended.entrySet().stream()
                .map(event -> (sink.nanosOf(event.getKey()) - event.getValue()) / 1e6)
                .sorted()
                .toList();
    }

    private static double tell(String what, List<Double> millis) {
        double p99 = millis.get((int) Math.ceil(millis.size() * 0.99) - 1);
        say(
                "%s: p50 %.1f ms, p99 %.1f ms, worst %.1f ms",
                what, millis.get(millis.size() / 2), p99, millis.get(millis.size() - 1));
        return p99;
    }
}
