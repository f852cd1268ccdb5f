package io.agentstation.telemetry.availability;

import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ticks.StallTracker;
import io.agentstation.contracts.ticks.StallTracker.Gateway;
import io.agentstation.contracts.ticks.StallTracker.LogClock;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.telemetry.availability.ObservedTime.Reading;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Moves a partition's observed time with its ticks, by the detector's own judgement of stalls, and keeps it in a store. */
final class LogTime {

    private static final String CLOCK = "clock";
    private static final String READING = "reading";
    private static final String GATEWAY = "gateway/";
    private static final String HOUR = "hour/";

    private final KeyValueStore<String, byte[]> store;
    private final StallTracker stalls;
    private final ObservedTime time;
    private final boolean excludesStalls;

    /** Continues from the store; {@code excludesStalls} is false only to show what would come of it. */
    LogTime(KeyValueStore<String, byte[]> store, HeartbeatPromise promise, boolean excludesStalls) {
        this.store = store;
        this.stalls = new StallTracker(promise.stallRule());
        this.time = new ObservedTime(promise.stallThreshold().toMillis());
        this.excludesStalls = excludesStalls;
        try (KeyValueIterator<String, byte[]> rows = store.all()) {
            while (rows.hasNext()) {
                restore(rows.next());
            }
        }
    }

    ObservedTime time() {
        return time;
    }

    /** A heartbeat was read. */
    void heard(long atMs) {
        if (time.reading().nowMs() == 0) {
            time.begin(atMs);
            store.put(READING, Wire.write(time.reading()));
        }
    }

    /** A tick or a farewell was read. Returns false, and changes nothing, when its sequence does not rise. */
    boolean ticked(Tick tick, long atMs) {
        time.begin(atMs);
        boolean isFirst = stalls.clock().nowMs() == 0;
        long stalledBefore = stalls.stalledMs();
        boolean accepted = tick.kind() == Tick.Kind.GOODBYE
                ? stalls.goodbye(tick.gatewayId(), tick.sequence(), atMs)
                : stalls.tick(tick.gatewayId(), tick.sequence(), atMs);
        if (accepted) {
            LogClock clock = stalls.clock();
            boolean wasStalled = excludesStalls && (isFirst || stalls.stalledMs() > stalledBefore);
            time.advance(
                            Math.max(clock.nowMs(), time.reading().nowMs()),
                            wasStalled,
                            excludesStalls && clock.stalledSinceMs() != null)
                    .forEach((hour, observed) -> store.put(HOUR + hour, Wire.write(observed)));
            write(clock);
        }
        return accepted;
    }

    private void write(LogClock clock) {
        time.takeOld().forEach(hour -> store.delete(HOUR + hour));
        stalls.takeTouched().forEach(id -> {
            Gateway gateway = stalls.gateway(id);
            if (gateway == null) {
                store.delete(GATEWAY + id);
            } else {
                store.put(GATEWAY + id, Wire.write(gateway));
            }
        });
        store.put(CLOCK, Wire.write(clock));
        store.put(READING, Wire.write(time.reading()));
    }

    private void restore(KeyValue<String, byte[]> row) {
        if (row.key.equals(CLOCK)) {
            stalls.restore(Wire.read(row.value, LogClock.class));
        } else if (row.key.equals(READING)) {
            time.restore(Wire.read(row.value, Reading.class));
        } else if (row.key.startsWith(GATEWAY)) {
            stalls.restore(row.key.substring(GATEWAY.length()), Wire.read(row.value, Gateway.class));
        } else {
            time.restoreHour(Long.parseLong(row.key.substring(HOUR.length())), Wire.read(row.value, Long.class));
        }
    }
}
