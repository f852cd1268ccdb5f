package io.agentstation.liveness.simulation;

import java.util.ArrayList;
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
    private final List<Stall> stalls = new ArrayList<>();

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
    List<Stall> stalls() {
        return stalls;
    }

    /** One gateway is killed for ever; the others go on when it has left the roster. */
    Weather killed(int gateway, long atMs) {
        put(gateway, new Away(atMs, Long.MAX_VALUE / 2, true, false, 0));
        stalls.add(new Stall(atMs, atMs + ROSTER_SILENCE));
        return this;
    }

    /** All gateways stop; new ones with new names follow. */
    Weather stopped(long fromMs, long toMs, boolean goodbye) {
        all(new Away(fromMs, toMs, true, goodbye, 0));
        // Without a farewell the old names are waited for until they have left the roster.
        stalls.add(new Stall(fromMs, goodbye ? toMs : Math.max(toMs, fromMs + ROSTER_SILENCE)));
        return this;
    }

    /** All gateways stall for so long, every so often, unless one of them does already. */
    Weather every(long periodMs, long lengthMs, long startMs, long endMs) {
        for (long at = startMs + periodMs; at + lengthMs < endMs; at += periodMs) {
            if (!isStalled(at) && !isStalled(at + lengthMs)) {
                all(new Away(at, at + lengthMs, false, false, 0));
                stalls.add(new Stall(at, at + lengthMs));
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
            stalls.add(new Stall(at, alone ? Math.min(at + lengthMs, at + ROSTER_SILENCE) : at + lengthMs));
        }
        return this;
    }

    /** Only the front doors stall: the gateways go on ticking until their last proof is stale. */
    Weather fronts(long periodMs, long lengthMs, long proofMs, long startMs, long endMs, SplittableRandom random) {
        for (long at = next(startMs, periodMs, random); at + lengthMs < endMs; at = next(at, periodMs, random)) {
            all(new Away(at, at + lengthMs, false, false, proofMs));
            stalls.add(new Stall(at, at + lengthMs));
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

    private static long next(long fromMs, long gapMs, SplittableRandom random) {
        return fromMs + gapMs / 2 + random.nextLong(gapMs);
    }
}
