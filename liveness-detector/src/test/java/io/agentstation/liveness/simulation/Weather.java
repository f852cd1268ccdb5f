package io.agentstation.liveness.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the ingest path really does, epoch milliseconds; the detector only sees ticks and heartbeats. */
final class Weather {

    /** How long a silent gateway is waited for. */
    static final long ROSTER_SILENCE = 10_000;

    /** Ticks every 250 ms, and what they and a probe take on their way. */
    static final long TICK_MS = 300;

    /**
     * A time in which a gateway takes no heartbeat.
     *
     * @param replaced it comes back under another name
     * @param goodbye  it stopped in good order
     * @param proofMs  for how long it still ticks, because its last probe is not stale yet
     */
    record Away(long fromMs, long toMs, boolean replaced, boolean goodbye, long proofMs) {}

    /** A time that must not count, as long as it can get. */
    record Stall(long fromMs, long endMs) {}

    private final List<NavigableMap<Long, Away>> aways = new ArrayList<>();
    private final NavigableMap<Long, Stall> stalls = new TreeMap<>();

    private Weather(int gateways) {
        for (int gateway = 0; gateway < gateways; gateway++) {
            aways.add(new TreeMap<>());
        }
    }

    static Weather calm(int gateways) {
        return new Weather(gateways);
    }

    int gateways() {
        return aways.size();
    }

    /** The stalls, in order. */
    Collection<Stall> stalls() {
        return stalls.values();
    }

    /** One gateway is killed for ever; the others go on when it has left the roster. */
    Weather killed(int gateway, long atMs) {
        put(gateway, new Away(atMs, Long.MAX_VALUE / 2, true, false, 0));
        stalled(new Stall(atMs, atMs + ROSTER_SILENCE));
        return this;
    }

    /** All gateways stop; new ones with new names follow. */
    Weather stopped(long fromMs, long toMs, boolean goodbye) {
        all(new Away(fromMs, toMs, true, goodbye, 0));
        // Without a farewell the old names are waited for until they have left the roster.
        stalled(new Stall(fromMs, goodbye ? toMs : Math.max(toMs, fromMs + ROSTER_SILENCE)));
        return this;
    }

    /** All gateways stall for so long, every so often, unless one of them does already. */
    Weather every(long periodMs, long lengthMs, long startMs, long endMs) {
        for (long at = startMs + periodMs; at + lengthMs < endMs; at += periodMs) {
            if (!isStalled(at) && !isStalled(at + lengthMs)) {
                all(new Away(at, at + lengthMs, false, false, 0));
                stalled(new Stall(at, at + lengthMs));
            }
        }
        return this;
    }

    /** All gateways, or one of them, stall for so long, about every so often. */
    Weather sometimes(long periodMs, long lengthMs, long startMs, long endMs, SplittableRandom random) {
        long gap = Math.max(periodMs, 4 * lengthMs);
        for (long at = next(startMs, gap, random); at + lengthMs < endMs; at = next(at + lengthMs, gap, random)) {
            Away away = new Away(at, at + lengthMs, false, false, 0);
            int who = random.nextInt(gateways() + 1);
            if (who == gateways()) {
                all(away);
            } else {
                put(who, away);
            }
            boolean alone = who < gateways() && gateways() > 1;
            stalled(new Stall(at, alone ? Math.min(at + lengthMs, at + ROSTER_SILENCE) : at + lengthMs));
        }
        return this;
    }

    /** Only the front doors stall: the gateways go on ticking until their last proof is stale. */
    Weather fronts(long periodMs, long lengthMs, long proofMs, long startMs, long endMs, SplittableRandom random) {
        for (long at = next(startMs, periodMs, random); at + lengthMs < endMs; at = next(at, periodMs, random)) {
            all(new Away(at, at + lengthMs, false, false, proofMs));
            stalled(new Stall(at, at + lengthMs));
        }
        return this;
    }

    /** The outage in which this gateway is, or null when it is up. */
    @Nullable
    Away at(int gateway, long atMs) {
        Map.Entry<Long, Away> latest = aways.get(gateway).floorEntry(atMs);
        return latest != null && atMs < latest.getValue().toMs ? latest.getValue() : null;
    }

    /** Whether a moment lies in a stall. */
    boolean isStalled(long atMs) {
        return aways.stream().anyMatch(gateway -> {
            Map.Entry<Long, Away> latest = gateway.floorEntry(atMs);
            return latest != null && atMs < latest.getValue().toMs;
        });
    }

    private void all(Away away) {
        for (int gateway = 0; gateway < gateways(); gateway++) {
            put(gateway, away);
        }
    }

    private void put(int gateway, Away away) {
        aways.get(gateway).put(away.fromMs, away);
    }

    // A stall lasts until all have ticked again; between two that come closer than that, they may not have.
    private void stalled(Stall stall) {
        Map.Entry<Long, Stall> before = stalls.floorEntry(stall.endMs + TICK_MS);
        if (before == null || before.getValue().endMs + TICK_MS < stall.fromMs) {
            stalls.put(stall.fromMs, stall);
        } else {
            stalls.remove(before.getKey());
            Stall other = before.getValue();
            stalled(new Stall(Math.min(other.fromMs, stall.fromMs), Math.max(other.endMs, stall.endMs)));
        }
    }

    private static long next(long fromMs, long gapMs, SplittableRandom random) {
        return fromMs + gapMs / 2 + random.nextLong(gapMs);
    }
}
