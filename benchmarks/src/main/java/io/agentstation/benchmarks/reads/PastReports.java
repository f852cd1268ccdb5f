package io.agentstation.benchmarks.reads;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.reports.StoredMetrics;
import io.agentstation.store.session.Store;
import io.agentstation.store.writes.RowsWrite;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Writes reports as if they had come once a second up to now. */
final class PastReports {

    private static final int IN_FLIGHT = 32;
    private static final int AT_ONCE = 64;

    private final Heartbeats heartbeats;
    private final Metrics metrics;
    private final Map<String, Object> custom;
    private final Semaphore free = new Semaphore(IN_FLIGHT);

    /**
     * Writes into this store.
     *
     * @param custom custom metrics of every report
     */
    PastReports(Store store, Map<String, Object> custom) {
        this.heartbeats = new Heartbeats(store);
        this.metrics = new Metrics(store);
        this.custom = custom;
    }

    void heartbeats(AgentId agent, Instant newest, long count) {
        write(
                count,
                second -> heartbeats.writes(seconds(second, count)
                        .mapToObj(i -> new StoredHeartbeat(
                                agent,
                                newest.minusSeconds(i),
                                count - i,
                                new Heartbeat(HeartbeatMode.EMERGENCY, count - i)))
                        .toList()));
    }

    void metrics(AgentId agent, Instant newest, long count) {
        write(
                count,
                second -> metrics.writes(seconds(second, count)
                        .mapToObj(i -> new StoredMetrics(
                                agent,
                                newest.minusSeconds(i),
                                count - i,
                                new MetricsReport(12.5, 128, count - i, custom)))
                        .toList()));
    }

    private static LongStream seconds(long first, long count) {
        return LongStream.range(first, Math.min(first + AT_ONCE, count));
    }

    private void write(long count, LongFunction<List<RowsWrite>> writes) {
        for (long first = 0; first < count; first += AT_ONCE) {
            for (RowsWrite write : writes.apply(first)) {
                free.acquireUninterruptibly();
                var unused = write.start().get().whenComplete((done, failure) -> {
                    if (failure == null) {
                        free.release();
                    } else {
                        failure.printStackTrace();
                        // Nothing that was not written may be measured.
                        Runtime.getRuntime().halt(1);
                    }
                });
            }
        }
        free.acquireUninterruptibly(IN_FLIGHT);
        free.release(IN_FLIGHT);
    }
}
