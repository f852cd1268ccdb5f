package io.agentstation.telemetry.availability;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.liveness.AvailabilityHour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The agents of one partition. Their hours are published in rounds that log time drives: a round begins at most once in a
 * publish interval and looks at so many agents with each tick, whether they were heard or not, so that the hours of an agent
 * that is never heard again go on being told.
 */
final class AgentHours {

    private static final int MOST_PER_TICK = 500;
    private static final long UNKNOWN_KEPT_MS = Duration.ofHours(1).toMillis();
    private static final long GAPS_KEPT_MS = Duration.ofHours(6).toMillis();

    private final KeyValueStore<String, WatchedAgent> store;
    private final ObservedTime time;
    private final HourBook book;
    private final LifecycleOrders orders;
    private final Duration publishInterval;
    private final BiConsumer<String, AvailabilityHour> publisher;
    private long roundMs;
    private @Nullable String next;

    AgentHours(
            KeyValueStore<String, WatchedAgent> store,
            ObservedTime time,
            HeartbeatPromise promise,
            Duration publishInterval,
            BiConsumer<String, AvailabilityHour> publisher) {
        this.store = store;
        this.time = time;
        this.book = new HourBook(time, promise);
        this.orders = new LifecycleOrders(book);
        this.publishInterval = publishInterval;
        this.publisher = publisher;
    }

    void heard(String agentId, HeartbeatMode mode, long atMs) {
        WatchedAgent known = store.get(agentId);
        WatchedAgent agent = known == null ? new WatchedAgent() : known;
        if (book.heard(agent, mode, atMs)) {
            store.put(agentId, agent);
        }
    }

    void learned(LifecycleEvent event) {
        String agentId = event.agentId().toString();
        WatchedAgent known = store.get(agentId);
        boolean isLast = event.event() == EventType.TERMINATED || event.event() == EventType.KILLED;
        if (known != null || !isLast) {
            WatchedAgent agent = known == null ? new WatchedAgent() : known;
            orders.apply(event, agent);
            store.put(agentId, agent);
        }
    }

    /** Time has moved on with a tick. */
    void ticked() {
        long nowMs = time.reading().nowMs();
        if (next == null && nowMs - roundMs >= publishInterval.toMillis()) {
            next = "";
            roundMs = nowMs;
        }
        if (next != null) {
            List<KeyValue<String, WatchedAgent>> agents = slice(next);
            next = agents.size() < MOST_PER_TICK ? null : agents.get(agents.size() - 1).key + '\0';
            agents.forEach(row -> publish(row.key, row.value, nowMs));
        }
    }

    private List<KeyValue<String, WatchedAgent>> slice(String from) {
        List<KeyValue<String, WatchedAgent>> agents = new ArrayList<>();
        try (KeyValueIterator<String, WatchedAgent> rows = store.range(from, null)) {
            while (rows.hasNext() && agents.size() < MOST_PER_TICK) {
                agents.add(rows.next());
            }
        }
        return agents;
    }

    private void publish(String agentId, WatchedAgent agent, long nowMs) {
        if (!agent.known) {
            if (agent.watch == Watch.GONE || nowMs - Math.max(agent.lastMs, agent.orderedMs) > UNKNOWN_KEPT_MS) {
                store.delete(agentId);
            }
            return;
        }
        book.hours(agent).stream().filter(Hour::dirty).forEach(hour -> publisher.accept(agentId, hour.message()));
        if (agent.watch == Watch.GONE) {
            store.delete(agentId);
        } else if (published(agent, nowMs)) {
            store.put(agentId, agent);
        }
    }

    /** Notes that the hours are published; returns whether that is worth storing. */
    private static boolean published(WatchedAgent agent, long nowMs) {
        long openBefore = agent.openHour;
        int hoursBefore = agent.hours.size();
        boolean wasDirty = agent.hours.values().stream().anyMatch(Hour::dirty);
        agent.hours.replaceAll((hour, settled) -> settled.published());
        if (agent.watch == Watch.ON) {
            agent.openHour = Math.max(agent.openHour, ObservedTime.hourOf(nowMs));
        }
        agent.prune(nowMs, GAPS_KEPT_MS);
        return wasDirty || agent.openHour != openBefore || agent.hours.size() != hoursBefore;
    }
}
