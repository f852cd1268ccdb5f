package io.agentstation.liveness.simulation;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Knows who was alive when, and how much of it there was. */
final class Truth {

    /** An agent's death; it counts as dead until it is heard again. */
    static final class Death {

        final int agent;
        final long atMs;
        final long lastHeardMs;
        final HeartbeatMode mode;
        long heardAgainMs = Long.MAX_VALUE;

        Death(int agent, long atMs, long lastHeardMs, HeartbeatMode mode) {
            this.agent = agent;
            this.atMs = atMs;
            this.lastHeardMs = lastHeardMs;
            this.mode = mode;
        }
    }

    private final List<NavigableMap<Long, Death>> byAgent = new ArrayList<>();
    private final List<Death> deaths = new ArrayList<>();
    long heartbeats;
    long refused;
    long aliveMs;

    Truth(int agents) {
        for (int agent = 0; agent < agents; agent++) {
            byAgent.add(new TreeMap<>());
        }
    }

    Death died(int agent, long atMs, long lastHeardMs, HeartbeatMode mode) {
        Death death = new Death(agent, atMs, lastHeardMs, mode);
        byAgent.get(agent).put(atMs, death);
        deaths.add(death);
        return death;
    }

    List<Death> deaths() {
        return deaths;
    }

    /** The agent's deaths, by their time. */
    NavigableMap<Long, Death> deaths(int agent) {
        return byAgent.get(agent);
    }
}
