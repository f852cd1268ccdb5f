package io.agentstation.webhooks.lanes;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One gate for each subscription that this dispatcher sends to. */
final class EndpointGates {

    private final Map<UUID, EndpointGate> gates = new ConcurrentHashMap<>();
    private final int concurrency;
    private final Duration promptly;
    private final ScheduledExecutorService executor;

    EndpointGates(int concurrency, Duration promptly, ScheduledExecutorService executor) {
        this.concurrency = concurrency;
        this.promptly = promptly;
        this.executor = executor;
    }

    EndpointGate of(UUID webhook) {
        return gates.computeIfAbsent(
                webhook, nothing -> new EndpointGate(concurrency, promptly, executor, this::later));
    }

    private void later(Runnable task, Duration after) {
        var unused = executor.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
    }
}
