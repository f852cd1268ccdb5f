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
 * and never answer.
 */
final class Latencies {

    private static final int DEAD = 50;
    private static final int PACED = 600;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Latencies() {}

    static void measure(DispatcherRig rig) throws IOException, InterruptedException {
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
            sink.await(PACED);
            List<Double> millis = appended.entrySet().stream()
                    .map(event -> (sink.nanosOf(event.getKey()) - event.getValue()) / 1e6)
                    .sorted()
                    .toList();
            double p99 = millis.get((int) Math.ceil(millis.size() * 0.99) - 1);
            say("%s: p50 %.1f ms, p99 %.1f ms", workspace, millis.get(millis.size() / 2), p99);
            return p99;
        }
    }
}
