package io.agentstation.liveness.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Who was called unhealthy, and when. */
final class Alarms {

    /** An agent was called unhealthy. */
    record Alarm(int agent, long atMs) {}

    private final List<Alarm> all = new ArrayList<>();

    void add(int agent, long atMs) {
        all.add(new Alarm(agent, atMs));
    }

    List<Alarm> all() {
        return all;
    }

    /** By time and agent: within one tick no order is promised. */
    List<Alarm> inOrder() {
        return all.stream()
                .sorted(Comparator.comparingLong(Alarm::atMs).thenComparingInt(Alarm::agent))
                .toList();
    }
}
