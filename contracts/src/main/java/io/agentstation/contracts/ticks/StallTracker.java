package io.agentstation.contracts.ticks;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Knows, for one partition, which gateways are expected to tick and when they did not (design section 4).
 *
 * <p>Its time only moves with ticks and farewells. The time from the last of them to the next is a stall too, whoever
 * sends it: after an outage the first tick often comes from a gateway nobody has seen before. Not thread-safe.
 */
public final class StallTracker {

    /** Longer than heartbeats are retained, so that no tick that can still be read is new to the tracker. */
    private static final long MEMORY_MS = Duration.ofDays(7).toMillis();

    /**
     * What is known of a gateway.
     *
     * @param sequence of its newest tick, so that a copied tick is recognised even after the gateway has left
     * @param onRoster whether it is waited for
     */
    public record Gateway(long lastTickMs, long sequence, boolean onRoster) {}

    /**
     * The partition's time and stalls, epoch milliseconds of log time.
     *
     * @param nowMs          the newest tick or farewell
     * @param stalledSinceMs start of the stall that lasts, or null
     */
    public record LogClock(long nowMs, @Nullable Long stalledSinceMs, Stalls stalls) {

        /** Before the first tick: all time before it counts as an outage. */
        public static final LogClock START = new LogClock(0, null, new Stalls(0, 0));
    }

    private final StallRule rule;
    private final Map<String, Gateway> gateways = new HashMap<>();
    private final Set<String> touched = new TreeSet<>();
    private LogClock clock = LogClock.START;
    private long observedMs;
    private long stalledMs;

    /** Begins before the first tick. */
    public StallTracker(StallRule rule) {
        this.rule = rule;
    }

    /** Continues from what was stored. */
    public void restore(LogClock stored) {
        clock = stored;
    }

    /** Continues with a gateway that was stored. */
    public void restore(String gatewayId, Gateway stored) {
        gateways.put(gatewayId, stored);
    }

    /** A tick was read. Returns false, and changes nothing, when its sequence does not rise. */
    public boolean tick(String gatewayId, long sequence, long appendTimeMs) {
        if (!rises(gatewayId, sequence)) {
            return false;
        }
        long now = Math.max(clock.nowMs, appendTimeMs);
        Long since = stallStart(now);
        put(gatewayId, new Gateway(now, sequence, true));
        retire(now);
        boolean stalled = gateways.values().stream().anyMatch(gateway -> isLate(gateway, now));
        count(now, since);
        clock = new LogClock(now, stalled ? since : null, since == null ? clock.stalls : moved(since, now));
        return true;
    }

    /** A farewell was read: the gateway is no longer waited for. Returns false when its sequence does not rise. */
    public boolean goodbye(String gatewayId, long sequence, long appendTimeMs) {
        if (!rises(gatewayId, sequence)) {
            return false;
        }
        long now = Math.max(clock.nowMs, appendTimeMs);
        Long since = stallStart(now);
        put(gatewayId, new Gateway(now, sequence, false));
        count(now, since);
        // The next tick ends the stall, if it ends: a farewell alone shows nothing about the others.
        clock = new LogClock(now, since, clock.stalls);
        return true;
    }

    /** The partition's time and stalls. */
    public LogClock clock() {
        return clock;
    }

    /** How much time of the log has passed since this tracker began, in milliseconds. */
    public long observedMs() {
        return observedMs;
    }

    /** How much of it was stalled. */
    public long stalledMs() {
        return stalledMs;
    }

    /** How many gateways are waited for. */
    public int onRoster() {
        return Math.toIntExact(
                gateways.values().stream().filter(Gateway::onRoster).count());
    }

    /** The ids of the gateways that changed since the last call. */
    public Set<String> takeTouched() {
        Set<String> taken = new HashSet<>(touched);
        touched.clear();
        return taken;
    }

    /** What is known of a gateway, or null. */
    public @Nullable Gateway gateway(String gatewayId) {
        return gateways.get(gatewayId);
    }

    // All time before the first tick is an outage, but nobody waited for it.
    private void count(long now, @Nullable Long stalledSince) {
        if (clock.nowMs > 0) {
            observedMs += now - clock.nowMs;
            stalledMs += stalledSince == null ? 0 : now - Math.max(stalledSince, clock.nowMs);
        }
    }

    private boolean rises(String gatewayId, long sequence) {
        Gateway known = gateways.get(gatewayId);
        return known == null || sequence > known.sequence;
    }

    private @Nullable Long stallStart(long now) {
        Long start = gateways.values().stream()
                .filter(gateway -> isLate(gateway, now))
                .map(Gateway::lastTickMs)
                .min(Comparator.naturalOrder())
                .orElse(null);
        if (now - clock.nowMs > rule.threshold().toMillis()) {
            start = start == null ? clock.nowMs : Math.min(start, clock.nowMs);
        }
        Long ongoing = clock.stalledSinceMs;
        return ongoing == null || (start != null && start < ongoing) ? start : ongoing;
    }

    private boolean isLate(Gateway gateway, long now) {
        return gateway.onRoster && now - gateway.lastTickMs > rule.threshold().toMillis();
    }

    private Stalls moved(long since, long now) {
        boolean outage = now - since > rule.longStall().toMillis();
        return new Stalls(now, outage ? now : clock.stalls.longEndMs());
    }

    private void retire(long now) {
        for (Map.Entry<String, Gateway> entry : Set.copyOf(gateways.entrySet())) {
            Gateway gateway = entry.getValue();
            long silence = now - gateway.lastTickMs;
            if (gateway.onRoster && silence >= rule.rosterSilence().toMillis()) {
                put(entry.getKey(), new Gateway(gateway.lastTickMs, gateway.sequence, false));
            } else if (!gateway.onRoster && silence > MEMORY_MS) {
                gateways.remove(entry.getKey());
                touched.add(entry.getKey());
            }
        }
    }

    private void put(String gatewayId, Gateway gateway) {
        gateways.put(gatewayId, gateway);
        touched.add(gatewayId);
    }
}
