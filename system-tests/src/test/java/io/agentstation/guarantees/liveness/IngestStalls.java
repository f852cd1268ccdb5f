package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When a partition's ingest path stood still, by its ticks: a second reading of design section 4, which shares no code with
 * the detector's. Times are log-append times.
 */
final class IngestStalls {

    private static final long LATE_MS = 750;
    private static final long OUTAGE_MS = 5_000;
    private static final long LEAVES_MS = 10_000;

    /** A tick that is not late yet, and the one after it. */
    private static final long TICKS_MS = LATE_MS + 250;

    private record Stall(long fromMs, long toMs) {}

    private final Map<String, Long> roster = new HashMap<>();
    private final List<Stall> stalls = new ArrayList<>();
    private long nowMs;
    private long stalledFromMs = Long.MAX_VALUE;

    void tick(Tick tick, long atMs) {
        noteLate(nowMs, atMs);
        roster.values().forEach(last -> noteLate(last, atMs));
        nowMs = atMs;
        if (tick.kind() == Tick.Kind.GOODBYE) {
            roster.remove(tick.gatewayId());
            return;
        }
        roster.put(tick.gatewayId(), atMs);
        roster.values().removeIf(last -> atMs - last >= LEAVES_MS);
        if (stalledFromMs != Long.MAX_VALUE && roster.values().stream().allMatch(last -> atMs - last <= LATE_MS)) {
            stalls.add(new Stall(stalledFromMs, atMs));
            stalledFromMs = Long.MAX_VALUE;
        }
    }

    private void noteLate(long lastMs, long atMs) {
        if (atMs - lastMs > LATE_MS) {
            stalledFromMs = Math.min(stalledFromMs, lastMs);
        }
    }

    long nowMs() {
        return nowMs;
    }

    /** How long it stood still after a moment, in all. */
    long stalledMsSince(long fromMs) {
        return stalls.stream()
                .filter(stall -> stall.toMs > fromMs)
                .mapToLong(stall -> stall.toMs - Math.max(stall.fromMs, fromMs))
                .sum();
    }

    /**
     * The latest moment at which the death of an agent that was last heard then is told: 1.5 intervals, or a stall's end and
     * its grace, or an outage's end, an interval and a grace; then the next tick. Never, while a stall lasts that counts.
     */
    long latestMs(HeartbeatMode mode, long heardMs) {
        long intervalMs = mode.interval().toMillis();
        long graceMs = AgentContract.graceMs(mode);
        long latest = heardMs + intervalMs * 3 / 2;
        for (Stall stall : stalls) {
            if (stall.toMs >= heardMs && stall.fromMs <= latest + TICKS_MS) {
                boolean outage = stall.toMs - stall.fromMs > OUTAGE_MS && stall.toMs >= heardMs + intervalMs - graceMs;
                latest = Math.max(
                        latest, stall.toMs + (outage ? intervalMs + graceMs : AgentContract.stallGraceMs(mode)));
            }
        }
        return stalledFromMs <= latest + TICKS_MS ? Long.MAX_VALUE : latest + TICKS_MS;
    }
}
