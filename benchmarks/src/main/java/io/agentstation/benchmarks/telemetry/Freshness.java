package io.agentstation.benchmarks.telemetry;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * From Kafka's acknowledgement of a heartbeat until the details of an agent say when it was heard last, and until the heartbeat is
 * in its history.
 */
final class Freshness implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private final Load load;
    private final Store store;
    private final Heartbeats heartbeats;
    private final LatestReports latest;
    private final AgentId agent;
    private long count;

    Freshness(Station station, Load load, AgentId agent) {
        this.load = load;
        this.store = StoreSession.open(station.settings());
        this.heartbeats = new Heartbeats(store);
        this.latest = new LatestReports(store);
        this.agent = agent;
    }

    /** The milliseconds that heartbeats were not to be seen: in the details, and in the history. */
    record Unseen(List<Double> details, List<Double> history) {}

    /** So many heartbeats one after another. */
    Unseen measure(int samples) {
        Unseen unseen = new Unseen(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < samples; i++) {
            RecordMetadata place = load.one(Kind.HEARTBEATS, agent, ++count).join();
            Instant appended = Instant.ofEpochMilli(place.timestamp());
            long acknowledged = System.nanoTime();
            boolean inDetails = false;
            boolean inHistory = false;
            while (true) {
                if (!inDetails && !lastHeard().isBefore(appended)) {
                    inDetails = unseen.details().add(millisSince(acknowledged));
                }
                if (!inHistory && newest() >= place.offset()) {
                    inHistory = unseen.history().add(millisSince(acknowledged));
                }
                if (inDetails && inHistory) {
                    break;
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        return unseen;
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private Instant lastHeard() {
        return latest.find(agent)
                .toCompletableFuture()
                .join()
                .heartbeat()
                .map(LatestReports.LatestHeartbeat::at)
                .orElse(Instant.EPOCH);
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
