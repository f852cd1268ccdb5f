package io.agentstation.liveness.simulation;

import io.agentstation.contracts.ticks.StallTracker.Gateway;
import io.agentstation.contracts.ticks.StallTracker.LogClock;
import io.agentstation.liveness.detection.Table;
import io.agentstation.liveness.silence.LivenessSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Remembers every stall that the detector has seen, from what it writes to its tables with each tick. */
final class StallHistory {

    private final long thresholdMs;
    private final Map<String, Gateway> before = new HashMap<>();
    private final Map<String, Gateway> after = new HashMap<>();
    private final Table<String, Gateway> gateways = new DetectorJudge.Rows<>() {
        @Override
        public void put(String key, @Nullable Gateway row) {
            super.put(key, row);
            if (row != null) {
                after.put(key, row);
            }
        }
    };
    private final Table<String, LogClock> clock = new DetectorJudge.Rows<>() {
        @Override
        public void put(String key, @Nullable LogClock row) {
            super.put(key, row);
            if (row != null) {
                moved(row);
            }
        }
    };

    private LogClock newest = LogClock.START;
    private long[] from = new long[64];
    private long[] to = new long[64];
    private long[] stalledBefore = new long[64];
    private int size;

    /** Ends and lengths of the outages: no tick at all for longer than a long stall. */
    private final NavigableMap<Long, Long> outages = new TreeMap<>();

    private final long outageMs;

    StallHistory(LivenessSettings settings) {
        thresholdMs = settings.stallThreshold().toMillis();
        outageMs = settings.longStall().toMillis();
    }

    Table<String, Gateway> gateways() {
        return gateways;
    }

    Table<String, LogClock> clock() {
        return clock;
    }

    /** How much of the time since this moment was stalled, in milliseconds. */
    long stalledSince(long sinceMs) {
        if (size == 0 || to[size - 1] <= sinceMs) {
            return 0;
        }
        int found = Arrays.binarySearch(to, 0, size, sinceMs + 1);
        int first = found < 0 ? -found - 1 : found;
        long all = stalledBefore[size - 1] + to[size - 1] - from[size - 1];
        return all - stalledBefore[first] - Math.max(0, sinceMs - from[first]);
    }

    /** How much of the time since this moment was an outage in which nobody ticked, in milliseconds. */
    long outageSince(long sinceMs) {
        return outages.tailMap(sinceMs, false).values().stream()
                .mapToLong(length -> length)
                .sum();
    }

    private void moved(LogClock now) {
        long gap = now.nowMs() - newest.nowMs();
        if (gap > outageMs) {
            outages.put(now.nowMs(), gap);
        }
        if (now.stalls().endMs() == now.nowMs() && newest.nowMs() > 0) {
            stalled(start(now.nowMs()), now.nowMs());
        }
        newest = now;
        before.putAll(after);
        after.clear();
    }

    private long start(long now) {
        Long ongoing = newest.stalledSinceMs();
        long start = ongoing == null ? newest.nowMs() : ongoing;
        for (Gateway gateway : before.values()) {
            if (gateway.onRoster() && now - gateway.lastTickMs() > thresholdMs) {
                start = Math.min(start, gateway.lastTickMs());
            }
        }
        return start;
    }

    private void stalled(long fromMs, long toMs) {
        if (size > 0 && fromMs <= to[size - 1]) {
            to[size - 1] = toMs;
            return;
        }
        if (size == to.length) {
            from = Arrays.copyOf(from, size * 2);
            to = Arrays.copyOf(to, size * 2);
            stalledBefore = Arrays.copyOf(stalledBefore, size * 2);
        }
        stalledBefore[size] = size == 0 ? 0 : stalledBefore[size - 1] + to[size - 1] - from[size - 1];
        from[size] = fromMs;
        to[size++] = toMs;
    }
}
