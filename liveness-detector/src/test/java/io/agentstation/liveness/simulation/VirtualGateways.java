package io.agentstation.liveness.simulation;

import io.agentstation.contracts.heartbeats.Tick;
import java.util.List;
import java.util.SplittableRandom;

/** The gateways in front of the partition: they tick while they are up, and the load is spread over them. */
final class VirtualGateways {

    private static final long TICK = 250;
    private static final long PHASE = 100;

    private final Weather weather;
    private final SplittableRandom random;
    private final List<? extends Judge> judges;
    private final EventHeap future;
    private final String[] ids;
    private final boolean[] wasUp;
    private int firstId;
    private long sequence;

    VirtualGateways(Weather weather, SplittableRandom random, List<? extends Judge> judges, EventHeap future) {
        this.weather = weather;
        this.random = random;
        this.judges = judges;
        this.future = future;
        this.ids = new String[weather.gateways()];
        this.wasUp = new boolean[weather.gateways()];
    }

    /** Plans the first ticks, as happenings from this id on. */
    void start(int fromId) {
        firstId = fromId;
        for (int each = 0; each < ids.length; each++) {
            ids[each] = "gateway-" + each + "-0";
            future.push(Scenario.START + PHASE * each, firstId + each);
        }
    }

    /** It is this gateway's turn. */
    void tick(int gateway, long atMs) {
        Weather.Away away = weather.at(gateway, atMs);
        boolean proven = away == null || atMs < away.fromMs() + away.proofMs();
        if (away == null || proven) {
            say(gateway, Tick.Kind.TICK, atMs);
        } else if (wasUp[gateway]) {
            leave(gateway, away, atMs);
        }
        wasUp[gateway] = proven;
        if (gateway == 0) {
            judges.forEach(judge -> judge.wall(atMs));
        }
        long turn = (atMs - Scenario.START) / TICK + 1;
        future.push(Scenario.START + turn * TICK + PHASE * gateway + random.nextLong(20), firstId + gateway);
    }

    // Whoever spreads the load takes a gateway out that has not answered for as long as the roster waits for it.
    int pick(long atMs) {
        int picked = random.nextInt(ids.length);
        boolean takenOut =
                weather.at(picked, atMs) != null && weather.at(picked, atMs - Weather.ROSTER_SILENCE) != null;
        return takenOut ? (picked + 1) % ids.length : picked;
    }

    private void leave(int gateway, Weather.Away away, long atMs) {
        if (away.goodbye()) {
            say(gateway, Tick.Kind.GOODBYE, atMs);
        }
        if (away.replaced()) {
            ids[gateway] = "gateway-" + gateway + "-" + sequence;
        }
    }

    private void say(int gateway, Tick.Kind kind, long atMs) {
        Tick tick = new Tick(ids[gateway], 0, ++sequence, kind);
        judges.forEach(judge -> judge.tick(tick, atMs));
    }
}
