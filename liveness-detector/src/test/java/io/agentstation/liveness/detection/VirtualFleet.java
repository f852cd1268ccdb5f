package io.agentstation.liveness.detection;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.liveness.silence.LivenessRule;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Agents, gateways and outages in virtual time, in front of the real detector; it knows who was alive.
 *
 * <p>An agent beats every 80 to 100 % of its interval at a gateway of its choice. When that does not answer it tries
 * again within half a grace or 2.5 s (the contract), or, when it does not keep the contract, only at its next turn.
 */
final class VirtualFleet {

    static final long START = 10_000_000;
    private static final long TICK = 250;
    private static final long WARM_UP = 30_000;

    /** A time in which a gateway neither ticks nor answers; {@code goodbye}: it stopped in good order. */
    record Outage(int gateway, long fromMs, long toMs, boolean goodbye) {}

    record Verdict(List<AgentId> falseAlarms, List<AgentId> missedDeaths, List<AgentId> lateDeaths, int deaths) {}

    private record Happening(long atMs, int order, Runnable action) {}

    private final LivenessSettings settings = LivenessSettings.defaults();
    private final PriorityQueue<Happening> future =
            new PriorityQueue<>(Comparator.comparingLong(Happening::atMs).thenComparingInt(Happening::order));
    private final Map<AgentId, Long> diedAt = new HashMap<>();
    private final Map<AgentId, Long> lastHeard = new HashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private final HeartbeatMode mode;
    private final Random random;
    private final long endMs;
    private int gateways = 1;
    private boolean keepsContract = true;
    private SilenceRule rule = new LivenessRule(settings);
    private long restartEveryMs = Long.MAX_VALUE;
    private int scheduled;

    VirtualFleet(HeartbeatMode mode, long seed, long durationMs) {
        this.mode = mode;
        this.random = new Random(seed);
        this.endMs = START + durationMs;
    }

    VirtualFleet gateways(int count) {
        gateways = count;
        return this;
    }

    VirtualFleet rule(SilenceRule other) {
        rule = other;
        return this;
    }

    VirtualFleet withoutRetries() {
        keepsContract = false;
        return this;
    }

    VirtualFleet detectorRestartsEvery(long periodMs) {
        restartEveryMs = periodMs;
        return this;
    }

    /** A gateway is away for so long, once in each period. */
    VirtualFleet stalls(long lengthMs, long periodMs) {
        for (long at = START + WARM_UP; at + lengthMs < endMs; at += periodMs) {
            for (int gateway = 0; gateway < gateways; gateway++) {
                outages.add(new Outage(gateway, at, at + lengthMs, false));
            }
        }
        return this;
    }

    VirtualFleet outage(Outage outage) {
        outages.add(outage);
        return this;
    }

    /** Lets this many agents live, one in ten of which dies, and judges the detector. */
    Verdict run(int agents) {
        Partition partition = new Partition(settings, rule);
        for (int gateway = 0; gateway < gateways; gateway++) {
            tick(partition, gateway, START + 10L * gateway, true);
        }
        for (int number = 1; number <= agents; number++) {
            live(partition, Story.of(number), number % 10 == 0);
        }
        for (long at = START + restartEveryMs; at > START && at < endMs; at += restartEveryMs) {
            plan(at, partition::restart);
        }
        for (Happening next = future.poll(); next != null && next.atMs < endMs; next = future.poll()) {
            next.action.run();
        }
        return judge(partition.events);
    }

    private void live(Partition partition, Story story, boolean dies) {
        long first = START + WARM_UP / 2 + random.nextInt(1_000);
        if (dies) {
            long interval = settings.intervalMs(mode);
            diedAt.put(story.agent(), first + interval + (long) (random.nextDouble() * (endMs - first - interval)));
        }
        plan(first, () -> partition.command(story.provision(), first).observation(story.applied(), first));
        plan(first, () -> beat(partition, story, first));
    }

    private void beat(Partition partition, Story story, long atMs) {
        if (atMs >= diedAt.getOrDefault(story.agent(), Long.MAX_VALUE)) {
            return;
        }
        boolean heard = isUp(pick(atMs), atMs);
        if (heard) {
            partition.beat(story, mode, atMs);
            lastHeard.put(story.agent(), atMs);
        }
        long pause =
                heard || !keepsContract ? turn() : 1 + random.nextLong(Math.min(settings.graceMs(mode) / 2, 2_500));
        plan(atMs + pause, () -> beat(partition, story, atMs + pause));
    }

    // Whoever spreads the load takes a gateway out that has not answered for as long as the roster waits for it.
    private int pick(long atMs) {
        int gateway = random.nextInt(gateways);
        boolean takenOut = gateways > 1 && !isUp(gateway, atMs) && !isUp(gateway, atMs - 10_000);
        return takenOut ? (gateway + 1) % gateways : gateway;
    }

    private long turn() {
        return (long) (settings.intervalMs(mode) * (0.8 + 0.2 * random.nextDouble()));
    }

    private void tick(Partition partition, int gateway, long atMs, boolean wasUp) {
        boolean up = isUp(gateway, atMs);
        String id = "gateway-" + gateway + "-" + incarnation(gateway, atMs);
        if (up) {
            plan(atMs, () -> partition.tick(id, atMs));
        } else if (wasUp && saysGoodbye(gateway, atMs)) {
            String old = "gateway-" + gateway + "-" + (incarnation(gateway, atMs) - 1);
            plan(atMs, () -> partition.goodbye(old, atMs));
        }
        if (atMs < endMs) {
            plan(atMs + TICK, () -> tick(partition, gateway, atMs + TICK, up));
        }
    }

    // A gateway that was away for long enough to have been restarted comes back under another name.
    private long incarnation(int gateway, long atMs) {
        return outages.stream()
                .filter(outage -> outage.gateway == gateway && outage.fromMs <= atMs)
                .filter(outage -> outage.toMs - outage.fromMs > 5_000)
                .count();
    }

    private boolean saysGoodbye(int gateway, long atMs) {
        return outages.stream().anyMatch(outage -> outage.gateway == gateway && outage.goodbye && covers(outage, atMs));
    }

    private boolean isUp(int gateway, long atMs) {
        return outages.stream().noneMatch(outage -> outage.gateway == gateway && covers(outage, atMs));
    }

    private static boolean covers(Outage outage, long atMs) {
        return outage.fromMs <= atMs && atMs < outage.toMs;
    }

    private void plan(long atMs, Runnable action) {
        future.add(new Happening(atMs, scheduled++, action));
    }

    private Verdict judge(List<LifecycleEvent> events) {
        List<AgentId> falseAlarms = new ArrayList<>();
        Map<AgentId, Long> flagged = new HashMap<>();
        for (LifecycleEvent event : events) {
            if (event.event() == EventType.UNHEALTHY) {
                long at = event.occurredAt().toEpochMilli();
                if (at < diedAt.getOrDefault(event.agentId(), Long.MAX_VALUE)) {
                    falseAlarms.add(event.agentId());
                } else {
                    flagged.put(event.agentId(), at);
                }
            }
        }
        List<AgentId> due =
                diedAt.keySet().stream().filter(agent -> boundMs(agent) < endMs).toList();
        return new Verdict(
                falseAlarms,
                due.stream().filter(agent -> !flagged.containsKey(agent)).toList(),
                due.stream()
                        .filter(agent -> flagged.getOrDefault(agent, 0L) > boundMs(agent))
                        .toList(),
                due.size());
    }

    /** The latest moment at which a death may be flagged: computed from what really happened, not from ticks. */
    private long boundMs(AgentId agent) {
        long interval = settings.intervalMs(mode);
        long bound = lastHeard.getOrDefault(agent, START) + interval * 3 / 2;
        for (Outage outage : outages) {
            // One of several gateways is waited for until it leaves the roster.
            long end = outage.goodbye || gateways == 1 ? outage.toMs : Math.min(outage.toMs, outage.fromMs + 10_000);
            boolean stalls = outage.toMs - outage.fromMs > 500;
            if (stalls && outage.fromMs <= bound) {
                boolean isLong = end - outage.fromMs > 4_500;
                bound = Math.max(
                        bound, end + (isLong ? settings.graceMs(mode) + interval : settings.stallGraceMs(mode)));
            }
        }
        return bound + 2 * TICK;
    }
}
