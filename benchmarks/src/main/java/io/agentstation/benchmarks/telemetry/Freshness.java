package io.agentstation.benchmarks.telemetry;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** From Kafka's acknowledgement of a heartbeat to its row, as the details of an agent read it. */
final class Freshness implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private final Load load;
    private final Store store;
    private final Heartbeats heartbeats;
    private final AgentId agent;
    private long count;

    Freshness(Station station, Load load, AgentId agent) {
        this.load = load;
        this.store = StoreSession.open(station.settings());
        this.heartbeats = new Heartbeats(store);
        this.agent = agent;
    }

    /** So many heartbeats one after another; the milliseconds that each was not to be seen. */
    List<Double> measure(int samples) {
        List<Double> ms = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            long offset = load.one(Kind.HEARTBEATS, agent, ++count).join();
            long acknowledged = System.nanoTime();
            while (newest() < offset) {
                LockSupport.parkNanos(POLL.toNanos());
            }
            ms.add((System.nanoTime() - acknowledged) / 1e6);
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        return ms;
    }

    private long newest() {
        return heartbeats.latest(agent, Instant.now(), 1).toCompletableFuture().join().stream()
                .mapToLong(StoredHeartbeat::offset)
                .findFirst()
                .orElse(-1);
    }

    @Override
    public void close() {
        store.close();
    }
}
