package io.agentstation.telemetry.availability;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random story of one partition: agents that beat, change their mode, fall silent and are ordered about, outages in which
 * heartbeats stop or go on, and a detector with a rule of its own.
 */
record RandomLog(List<Entry> entries) {

    static final long START = Instant.parse("2026-11-22T10:40:00Z").toEpochMilli();
    private static final long LENGTH = 65 * 60_000;
    private static final long STEP = 700;
    private static final long HOUR = 3_600_000;

    enum Kind {
        TICK,
        BEAT,
        ACTIVATED,
        UNHEALTHY,
        RESTARTED,
        TO_NOTHING,
        FROM_NOTHING,
        DELETED
    }

    /** A record; {@code lastMs} is only the detector's, {@code mode} only a heartbeat's. */
    record Entry(Kind kind, int agent, long atMs, HeartbeatMode mode, long lastMs) {

        void play(AvailabilityHarness log, List<AgentId> agents) {
            AgentId id = agents.get(Math.max(0, agent));
            switch (kind) {
                case TICK -> log.tick("gateway", atMs);
                case BEAT -> log.beat(id, mode, atMs);
                case ACTIVATED -> log.activated(id, atMs);
                case UNHEALTHY -> log.unhealthy(id, lastMs, atMs);
                case RESTARTED -> log.event(id, EventType.RESTARTED, AgentState.ACTIVE, atMs, Map.of());
                case TO_NOTHING -> log.event(id, EventType.SCALED, AgentState.ACTIVE, atMs, Map.of("replicas", 0));
                case FROM_NOTHING -> log.event(id, EventType.SCALED, AgentState.ACTIVE, atMs, Map.of("replicas", 1));
                case DELETED ->
                    log.event(id, EventType.DRAINING, AgentState.DRAINING, atMs, Map.of("reason", "deleted"));
            }
        }
    }

    static RandomLog of(Random random, int agents) {
        return new Story(random, agents).told();
    }

    private static final class Story {

        private final Random random;
        private final List<Entry> entries = new ArrayList<>();
        private final Actor[] actors;
        private long outageUntil;
        private boolean beatsInOutage;
        private long lastStallEnd = START;

        Story(Random random, int agents) {
            this.random = random;
            this.actors = new Actor[agents];
            for (int agent = 0; agent < agents; agent++) {
                actors[agent] = new Actor(agent);
            }
        }

        RandomLog told() {
            for (long now = START; now <= START + LENGTH; now += STEP) {
                boolean ticks = now >= outageUntil;
                for (Actor actor : actors) {
                    actor.step(now, ticks || beatsInOutage);
                }
                if (ticks) {
                    add(Kind.TICK, -1, now, 0);
                    for (Actor actor : actors) {
                        actor.judge(now);
                    }
                    maybeOutage(now);
                }
            }
            add(Kind.TICK, -1, START + LENGTH + STEP, 0);
            return new RandomLog(List.copyOf(entries));
        }

        // What a heartbeat right before a stall counts is only known after the stall; at an hour's end it could count
        // in
        // another hour.
        private void maybeOutage(long now) {
            boolean nearHour = (now + 5_000) % HOUR < 10_000;
            if (random.nextInt(700) == 0 && !nearHour) {
                outageUntil = now + 2_000 + random.nextInt(random.nextBoolean() ? 10_000 : 900_000);
                beatsInOutage = random.nextInt(4) == 0;
                lastStallEnd = outageUntil + STEP;
            }
        }

        private void add(Kind kind, int agent, long atMs, long lastMs) {
            entries.add(new Entry(kind, agent, atMs, agent < 0 ? HeartbeatMode.IDLE : actors[agent].mode, lastMs));
        }

        private final class Actor {

            private final int agent;
            private HeartbeatMode mode = HeartbeatMode.IDLE;
            private long next;
            private long last = -1;
            private boolean active;
            private boolean watched;
            private boolean told;
            private boolean nothing;
            private boolean deleted;

            Actor(int agent) {
                this.agent = agent;
                this.next = START + random.nextInt(60_000);
            }

            void step(long now, boolean canBeat) {
                if (canBeat && now >= next && !deleted) {
                    beat(now);
                }
                if (active && random.nextInt(2_500) == 0) {
                    order(now);
                }
            }

            private void beat(long now) {
                if (random.nextInt(20) == 0) {
                    mode = random.nextBoolean() ? HeartbeatMode.IDLE : HeartbeatMode.EMERGENCY;
                }
                add(Kind.BEAT, agent, now, 0);
                if (!active) {
                    active = true;
                    add(Kind.ACTIVATED, agent, now, 0);
                }
                watched |= !nothing;
                told = false;
                last = now;
                long interval = mode.interval().toMillis();
                next = now + interval * (80 + random.nextInt(22)) / 100;
                if (random.nextInt(60) == 0) {
                    next = now + random.nextInt(1_200_000);
                }
            }

            private void order(long now) {
                if (random.nextInt(5) == 0) {
                    deleted = true;
                    add(Kind.DELETED, agent, now, 0);
                } else if (random.nextBoolean() && !deleted) {
                    add(Kind.RESTARTED, agent, now, 0);
                } else if (!deleted) {
                    nothing = !nothing;
                    add(nothing ? Kind.TO_NOTHING : Kind.FROM_NOTHING, agent, now, 0);
                }
                if (last < now) {
                    watched = false;
                }
                watched &= !nothing && !deleted;
            }

            void judge(long now) {
                long allowed = mode.interval().toMillis() * 5 / 4;
                if (watched && !told && now > Math.max(last, lastStallEnd) + allowed) {
                    told = true;
                    add(Kind.UNHEALTHY, agent, now, last);
                }
            }
        }
    }
}
